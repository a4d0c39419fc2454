//! Commands on an installation's data: check, backup, copy, journal export, API keys.

use crate::config::{DataArgs, MediaArgs, S3Args};
use crate::out::Patient;
use crate::secret_key::{self, KeyArgs};
use crate::{note, say};
use base::{Error, Result, Role};
use clap::Args;
use connect::{Media, Peers};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use store::{Clock, Store, Url, Vault};

/// What is checked, and what is known of it from elsewhere.
#[derive(Args, Debug)]
pub struct CheckArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// A head of the seals that was written down before, as an earlier check printed it: it must be in the chain still
    #[arg(long, value_name = "NUMBER:HASH")]
    pub expect_head: Option<String>,
}

/// How the journal is written.
#[derive(Args, Debug)]
pub struct ExportArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// hledger: a journal that `hledger check` accepts
    #[arg(long, default_value = "hledger", value_parser = ["hledger"])]
    pub format: String,
    /// File to write; standard output when not given
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Where the copy goes.
#[derive(Args, Debug)]
pub struct BackupArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Where files of pictures are kept.
    #[command(flatten)]
    pub media: MediaArgs,
    /// Where the key of the secrets is.
    #[command(flatten)]
    pub key: KeyArgs,
    /// Folder for the copy; must not hold data yet
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
}

/// From where to where.
#[derive(Args, Debug)]
pub struct CopyArgs {
    /// Data folder or postgres://… URL to read
    #[arg(long, value_name = "DIR|URL")]
    pub from: String,
    /// Data folder or postgres://… URL to fill; must be empty
    #[arg(long, value_name = "DIR|URL")]
    pub to: String,
    /// Where the pictures are; the folder media of a data folder when not given
    #[arg(long, value_name = "DIR|s3://…")]
    pub from_media: Option<String>,
    /// Where the pictures go; the folder media of a data folder when not given
    #[arg(long, value_name = "DIR|s3://…")]
    pub to_media: Option<String>,
    /// The settings of storage that speaks S3.
    #[command(flatten)]
    pub s3: S3Args,
}

/// `entrepot check`: looks at the engine's own structures, asks every rule of the audit, computes the seals again. Changes
/// nothing. Errors: `check_failed` with the number of findings, each of which is printed; the data cannot be opened; a server
/// began to change them meanwhile.
pub fn check(args: CheckArgs) -> Result<()> {
    let expected = args.expect_head.as_deref().map(head).transpose()?;
    let alone = !has_log(&args.data);
    let store = args.data.open_to_read()?;
    let integrity = store.integrity()?;
    let mut findings = integrity.findings;
    say!("ok  looked at the database's own structure: {}", integrity.looked);
    match store.read_blocking(sim::audit) {
        Ok(report) => {
            for line in &report.checked {
                say!("ok  {line}");
            }
            findings.extend(report.findings);
            tell_head(report.head.as_ref());
        }
        // Damage can keep the rules from being asked: then it has been found above, and this is one finding more.
        Err(problem) => findings.push(format!("the rules could not be asked: {}", problem.message)),
    }
    if let Some((number, hash)) = expected
        && store.read_blocking(move |db| store::seal_hash(db, number))?.as_deref() != Some(hash.as_str())
    {
        findings.push(format!("block {number} of the seals is not the one that was written down"));
    }
    if alone && has_log(&args.data) {
        let words = "A server has opened the data meanwhile, so that this check means nothing; run it again.";
        return Err(Error::conflict("server_started", words));
    }
    for finding in &findings {
        say!("BROKEN  {finding}");
    }
    if findings.is_empty() {
        say!("Everything that must always hold does hold.");
        return Ok(());
    }
    Err(Error::conflict("check_failed", format!("{} findings: see above.", findings.len())))
}

/// Whether a write-ahead log lies beside the SQLite file: somebody has it open, or was killed.
fn has_log(data: &DataArgs) -> bool {
    let log = data.file().map(|file| file.with_file_name("entrepot.db-wal"));
    log.is_some_and(|log| std::fs::metadata(log).is_ok_and(|log| log.len() > 0))
}

/// `17:3f2a…` as a number and a hash. Errors: it is not written like this.
fn head(text: &str) -> Result<(i64, String)> {
    let parts = text.trim().split_once(':');
    let read = parts.and_then(|(number, hash)| Some((number.parse().ok()?, hash.to_lowercase())));
    let whole = |hash: &str| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    read.filter(|(_, hash)| whole(hash)).ok_or_else(|| {
        let say =
            format!("“{text}” is no head; write the number and the 64 digits as a check printed them, with a colon.");
        Error::field("expect-head", "head_format", say)
    })
}

fn tell_head(head: Option<&store::SealHead>) {
    match head {
        Some(head) => say!(
            "Sealed up to block {}:{} at {}. Write it down elsewhere: “entrepot check --expect-head” proves that it is in the chain.",
            head.number,
            head.hash,
            head.at
        ),
        None => say!("Nothing is sealed yet: a server seals what it keeps within some minutes."),
    }
}

/// `entrepot backup`.
pub fn backup(args: BackupArgs) -> Result<()> {
    let store = args.data.open_existing()?;
    let file = args.to.join("entrepot.db");
    if file.exists() {
        return Err(Error::invalid("not_empty", format!("{} exists already; name an empty folder.", file.display())));
    }
    std::fs::create_dir_all(&args.to).map_err(|problem| disk(&args.to, problem))?;
    let media = args.media.open(&args.data.data, &Peers::new(false))?;
    store.backup(&file)?;
    // Pictures after the data: a file is never changed, and one that the data name was written before them.
    let kept = Media::folder(&args.to.join("media"))?;
    let pictures = wait(media.copy_to(&kept))?;
    let bytes = std::fs::metadata(&file).map_err(|problem| disk(&file, problem))?.len();
    say!(
        "{} written, {} MB, and {pictures} files of pictures. Start it with: entrepot serve --data {}",
        file.display(),
        bytes / 1_000_000,
        args.to.display()
    );
    tell_key(&store, args.key.file(&args.data.data), &args.to)?;
    Ok(())
}

/// Runs work with the network or the disk to its end, for a command.
fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Runtime::new().map_err(Error::internal)?.block_on(work)
}

fn disk(path: &Path, problem: std::io::Error) -> Error {
    Error::unavailable("disk", format!("{}: {problem}.", path.display()))
}

/// `entrepot copy`.
pub fn copy(args: CopyArgs) -> Result<()> {
    let open = |place: &str| -> Result<Store> { works::open(works::url(place), Clock::system()) };
    let from_url = works::url(&args.from);
    if let Url::Folder(folder) = &from_url
        && !folder.join("entrepot.db").exists()
    {
        return Err(Error::invalid("no_data", format!("There is no entrepot.db in {}.", folder.display())));
    }
    let (from, to) = (open(&args.from)?, open(&args.to)?);
    let mut shown = String::new();
    let rows = from.copy_to(&to, |table, rows| {
        if table != shown {
            shown = table.to_owned();
            note!("{table} …");
        }
        if rows.is_multiple_of(100_000) && rows > 0 {
            note!("{table}: {rows} rows");
        }
    })?;
    let (key, goal) = match (&from_url, works::url(&args.to)) {
        (Url::Folder(folder), Url::Folder(goal)) => (KeyArgs::default().file(folder), goal),
        (Url::Folder(folder), _) => (KeyArgs::default().file(folder), "the data folder of each node".into()),
        (_, Url::Folder(goal)) => (None, goal),
        _ => (None, "the data folder of each node".into()),
    };
    tell_key(&from, key, &goal)?;
    to.close();
    say!("{rows} rows copied.");
    copy_pictures(&args)
}

/// The key of the secrets goes its own way, by hand: what has the data and the key has the secrets.
fn tell_key(store: &Store, file: Option<PathBuf>, goal: &Path) -> Result<()> {
    if !store.read_blocking(store::has_secret_key)? {
        return Ok(());
    }
    match file.filter(|file| file.exists()) {
        Some(file) => say!(
            "The key of the secrets is not among them: keep {} apart, and bring it to {} before a server starts there, or name it with --secret-key-file.",
            file.display(),
            goal.display()
        ),
        None => say!(
            "The key of the secrets is not among them: name it with --secret-key-file or ENTREPOT_SECRET_KEY where a server starts."
        ),
    }
    Ok(())
}

/// Pictures go where the data went; where that is not known, what to do is said.
fn copy_pictures(args: &CopyArgs) -> Result<()> {
    let place = |given: &Option<String>, data: &str| match (given, works::url(data)) {
        (Some(place), _) => Some(place.clone()),
        (None, Url::Folder(folder)) => Some(folder.join("media").display().to_string()),
        (None, _) => None,
    };
    let (from, to) = (place(&args.from_media, &args.from), place(&args.to_media, &args.to));
    match (from, to) {
        (Some(from), Some(to)) if from == to => say!("The pictures stay in {from}."),
        (Some(from), Some(to)) => {
            let peers = Peers::new(false);
            let (from, to) = (args.s3.open(&from, &peers)?, args.s3.open(&to, &peers)?);
            say!("{} files of pictures copied to {}.", wait(from.copy_to(&to))?, to.place());
        }
        (Some(from), None) => say!(
            "The pictures stay in {from}: serve with --media {from}, or copy them with --to-media when the next node starts elsewhere."
        ),
        (None, _) => say!("Name where the pictures are with --from-media to copy them; no picture was copied."),
    }
    Ok(())
}

/// `entrepot ledger export`.
pub fn export(args: ExportArgs) -> Result<()> {
    let store = args.data.open_existing()?;
    let output = args.output.clone();
    let postings = store.read_blocking(move |db| match &output {
        Some(path) => {
            let file = std::fs::File::create(path).map_err(|problem| disk(path, problem))?;
            let mut writer = BufWriter::new(file);
            let count = ledger::export_hledger(db, &mut writer)?;
            writer.flush().map_err(|problem| disk(path, problem))?;
            Ok(count)
        }
        None => ledger::export_hledger(db, &mut BufWriter::new(Patient(std::io::stdout().lock()))),
    })?;
    note!("{postings} postings written.");
    Ok(())
}

/// For whom the key is.
#[derive(Args, Debug)]
pub struct ApiKeyArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Seller the key acts for, by name; the operator when not given
    #[arg(long, value_name = "NAME")]
    pub seller: Option<String>,
    /// admin, operations, finance, service, seller_owner or seller_staff
    #[arg(long, default_value = "admin")]
    pub role: String,
    /// What the key is called in lists
    #[arg(long, default_value = "command line")]
    pub name: String,
}

/// `entrepot api-key`: prints the secret, and nothing else, to standard output.
pub fn api_key(args: ApiKeyArgs) -> Result<()> {
    let store = args.data.open_existing()?;
    let role = Role::named(&args.role)
        .ok_or_else(|| Error::field("role", "unknown_role", format!("There is no role “{}”.", args.role)))?;
    let (_, secret) = store.write_blocking(move |tx| {
        let organisation = match &args.seller {
            Some(name) => parties::organisation_named(tx, name)?,
            None => parties::platform(tx)?,
        };
        let missing = || Error::not_found("unknown_organisation", "There is no such seller, or no operator yet.");
        let organisation = organisation.ok_or_else(missing)?.id;
        parties::create_api_key(tx, &parties::NewApiKey { organisation, role, label: args.name.clone() })
    })?;
    say!("{secret}");
    Ok(())
}

/// Which installation.
#[derive(Args, Debug)]
pub struct NewKeyArgs {
    /// Where the data are.
    #[command(flatten)]
    pub data: DataArgs,
    /// Where the key is.
    #[command(flatten)]
    pub key: KeyArgs,
}

/// `entrepot new-secret-key`: for when the key is lost. Errors: conflict `secret_key_there`: it is not.
pub fn new_secret_key(args: NewKeyArgs) -> Result<()> {
    let store = args.data.open_existing()?;
    if let Some(key) = args.key.written(&args.data.data)?
        && store.unlock(Vault::of(&key)?).is_ok()
    {
        return Err(Error::conflict("secret_key_there", "The key of this database's secrets is here and opens them."));
    }
    set_aside(&args)?;
    store.write_blocking(store::forget_secret_key)?;
    secret_key::unlock(&store, &args.key, &args.data.data)?;
    let endpoints = store.write_blocking(hooks::renew_secrets)?;
    let accounts = store.write_blocking(onboarding::end_bank_accounts)?;
    let connections = store.write_blocking(parties::forget_connections)?;
    store.close();
    say!("{connections} connections that were set up in the console are gone: an admin sets them up again.");
    say!("{accounts} bank accounts can be read no more: their owners give them again.");
    say!(
        "{endpoints} webhook endpoints have secrets that nobody knows: their owners make new ones and tell their receivers."
    );
    say!(
        "Authenticator apps open nothing any more: their owners sign in with a recovery code or a passkey, or an admin helps, and add the app again."
    );
    say!("Start every node anew, with this key.");
    Ok(())
}

/// A key that opens nothing here may open something elsewhere.
fn set_aside(args: &NewKeyArgs) -> Result<()> {
    let Some(file) = args.key.file(&args.data.data).filter(|file| file.exists()) else { return Ok(()) };
    let aside = file.with_extension("key.old");
    std::fs::rename(&file, &aside).map_err(|problem| {
        Error::unavailable("secret_key_file", format!("Cannot move {}: {problem}.", file.display()))
    })?;
    say!("The key that opened nothing here was moved to {}.", aside.display());
    Ok(())
}
