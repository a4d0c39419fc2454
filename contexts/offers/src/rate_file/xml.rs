//! XML: the bank's envelope of cubes, SDMX-ML (generic, structure-specific, compact), and the feed of a currency. They differ in which
//! elements and attributes carry the currency, the day and the rate; a rate is there when all three are.

use super::{RateFile, ReadRate, currency, day, heading, is_code, is_none, number, wrong};
use base::{Currency, Error, Result};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// What has been read of the rate under way.
#[derive(Default)]
struct Found {
    base: String,
    quote: String,
    date: String,
    rate: String,
    frequency: String,
    file: RateFile,
}

/// Reads a document. Errors: it is not well-formed; a day or rate that is none, by line.
pub(super) fn read(text: &str) -> Result<RateFile> {
    let mut reader = Reader::from_str(text);
    let mut found = Found::default();
    let mut inside = String::new();
    loop {
        let event = reader.read_event().map_err(|_| broken(text, reader.buffer_position()))?;
        let line = || line_of(text, reader.buffer_position());
        match event {
            Event::Start(element) => {
                inside = name(&element);
                found.open(&element, line)?;
            }
            Event::Empty(element) => {
                found.open(&element, line)?;
                found.close(&name(&element), line)?;
            }
            Event::Text(words) => found.text(&inside, &String::from_utf8_lossy(&words)),
            Event::End(element) => {
                let ended = String::from_utf8_lossy(element.local_name().as_ref()).into_owned();
                found.close(&ended, line)?;
                inside.clear();
            }
            Event::Eof => return Ok(found.file),
            _ => {}
        }
    }
}

fn broken(text: &str, at: u64) -> Error {
    heading(&format!("This XML breaks off or is not well-formed near line {}.", line_of(text, at)))
}

fn line_of(text: &str, at: u64) -> usize {
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
    1 + text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count()
}

fn name(element: &BytesStart<'_>) -> String {
    String::from_utf8_lossy(element.local_name().as_ref()).into_owned()
}

/// The attribute without its prefix; empty when there is none.
fn attribute(element: &BytesStart<'_>, wanted: &str) -> String {
    let found = element.attributes().flatten().find(|one| one.key.local_name().as_ref() == wanted.as_bytes());
    found.map(|one| String::from_utf8_lossy(&one.value).trim().to_owned()).unwrap_or_default()
}

impl Found {
    fn open(&mut self, element: &BytesStart<'_>, line: impl Fn() -> usize) -> Result<()> {
        let of = |wanted: &str| attribute(element, wanted);
        match name(element).as_str() {
            // <Cube time="…"> holds <Cube currency="…" rate="…"/>.
            "Cube" if !of("time").is_empty() => self.date = of("time"),
            "Cube" if !of("rate").is_empty() => {
                (self.base, self.quote, self.rate, self.frequency) =
                    ("EUR".into(), of("currency"), of("rate"), String::new());
                self.take(line)?;
            }
            "Series" => {
                (self.base, self.quote, self.frequency) = (of("CURRENCY_DENOM"), of("CURRENCY"), of("FREQ"));
            }
            "Obs" => (self.date, self.rate) = (of("TIME_PERIOD"), of("OBS_VALUE")),
            "Value" => match of("id").as_str() {
                "CURRENCY" => self.quote = of("value"),
                "CURRENCY_DENOM" => self.base = of("value"),
                "FREQ" => self.frequency = of("value"),
                _ => {}
            },
            "ObsDimension" | "Time" => self.date = of("value"),
            "ObsValue" => self.rate = of("value"),
            "item" => *self = Found { file: std::mem::take(&mut self.file), ..Found::default() },
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, inside: &str, words: &str) {
        let place = match inside {
            "value" => &mut self.rate,
            "baseCurrency" => &mut self.base,
            "targetCurrency" => &mut self.quote,
            "date" | "Time" => &mut self.date,
            _ => return,
        };
        if !words.trim().is_empty() {
            *place = words.trim().to_owned();
        }
    }

    fn close(&mut self, element: &str, line: impl Fn() -> usize) -> Result<()> {
        match element {
            "Obs" | "item" => self.take(line),
            _ => Ok(()),
        }
    }

    /// Keeps the rate under way, if it is one of a day.
    fn take(&mut self, line: impl Fn() -> usize) -> Result<()> {
        let rate = std::mem::take(&mut self.rate);
        if is_none(&rate) || !matches!(self.frequency.as_str(), "" | "D") {
            return Ok(());
        }
        let base = if self.base.is_empty() { Some(Currency::EUR) } else { currency(&self.base) };
        if is_code(&self.quote) && currency(&self.quote).is_none() {
            self.file.passed.insert(self.quote.clone());
        }
        let Some((base, quote)) = base.zip(currency(&self.quote)).filter(|(base, quote)| base != quote) else {
            return Ok(());
        };
        let date = day(&self.date).map_err(|why| wrong(line(), why))?;
        let rate = number(&rate).map_err(|why| wrong(line(), why))?;
        self.file.rates.push(ReadRate { base, quote, date, rate });
        Ok(())
    }
}
