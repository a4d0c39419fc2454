//! Where files of pictures are kept: a folder, or storage that speaks S3. A file is written once under a name that says what
//! is in it, and never changed.

use crate::peers::Peers;
use crate::secret::Secret;
use base::{Error, Result};
use bytes::Bytes;
use catalog::{Picture, PutMedium};
use futures::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::client::{ClientOptions, HttpClient, HttpConnector};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Pictures decoded at once: each may take half a gigabyte for a second.
static DECODERS: Semaphore = Semaphore::const_new(2);

/// Storage that speaks S3.
#[derive(Clone, Debug)]
pub struct S3 {
    /// Bucket.
    pub bucket: String,
    /// Names of files begin with it; may be empty.
    pub prefix: String,
    /// Its address when it is not Amazon's: `https://s3.example.com`.
    pub endpoint: Option<String>,
    /// Region; `us-east-1` where the storage has none.
    pub region: String,
    /// Name of the access key.
    pub key_id: String,
    /// Its secret.
    pub secret: Secret,
}

/// The storage; clones share it.
#[derive(Clone)]
pub struct Media {
    objects: Arc<dyn ObjectStore>,
    place: String,
}

impl Media {
    /// A folder, made when missing; shared by every node that serves. Errors: it cannot be made.
    pub fn folder(path: &std::path::Path) -> Result<Media> {
        let place = path.display().to_string();
        let wrong = |problem: String| {
            Error::invalid(
                "media_folder",
                format!("Pictures cannot be kept in {place}: {problem}. Choose with --media."),
            )
        };
        std::fs::create_dir_all(path).map_err(|problem| wrong(problem.to_string()))?;
        let files = LocalFileSystem::new_with_prefix(path).map_err(|problem| wrong(problem.to_string()))?;
        Ok(Media { objects: Arc::new(files.with_fsync(true)), place })
    }

    /// Memory of this process: for tests and simulations, which keep nothing.
    pub fn memory() -> Media {
        Media { objects: Arc::new(InMemory::new()), place: "memory".into() }
    }

    /// Storage that speaks S3, reached as `peers` allow. Errors: an address that is not allowed; a setting is missing.
    pub fn s3(peers: &Peers, s3: &S3) -> Result<Media> {
        for (name, value) in [("ENTREPOT_S3_KEY_ID", s3.key_id.as_str()), ("ENTREPOT_S3_SECRET", s3.secret.reveal())] {
            if value.is_empty() {
                let say = "Storage that speaks S3 needs this variable in the environment.";
                return Err(Error::field(name, "required", say));
            }
        }
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&s3.bucket)
            .with_region(&s3.region)
            .with_access_key_id(&s3.key_id)
            .with_secret_access_key(s3.secret.reveal())
            .with_retry(RetryConfig {
                max_retries: 3,
                retry_timeout: Duration::from_secs(20),
                ..RetryConfig::default()
            })
            // Not every storage knows how to remove many files at once.
            .with_disable_bulk_delete(true)
            .with_http_connector(Connector(*peers));
        if let Some(endpoint) = &s3.endpoint {
            let address = peers.own("ENTREPOT_S3_ENDPOINT", endpoint)?;
            let plain = address.scheme() == "http";
            builder = builder.with_endpoint(address.as_str().trim_end_matches('/')).with_allow_http(plain);
        }
        let objects = builder.build().map_err(Error::internal)?;
        let place = format!("s3://{}/{}", s3.bucket, s3.prefix);
        let prefix = Path::parse(&s3.prefix).map_err(|problem| {
            Error::field("media", "media_prefix", format!("{place} is no place for pictures: {problem}."))
        })?;
        let objects: Arc<dyn ObjectStore> = match prefix.as_ref() {
            "" => Arc::new(objects),
            _ => Arc::new(PrefixStore::new(objects, prefix)),
        };
        Ok(Media { objects, place })
    }

    /// Where it is, for people.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Writes, reads and removes a file, so that a wrong setting is found at the start. Errors: `media_storage`.
    pub async fn check(&self) -> Result<()> {
        let (name, text) = (Path::from("entrepot-probe"), Bytes::from_static(b"entrepot"));
        self.objects.put(&name, text.clone().into()).await.map_err(|problem| self.fault(problem))?;
        let read = self.get("entrepot-probe").await?;
        self.objects.delete(&name).await.map_err(|problem| self.fault(problem))?;
        match read == Some(text) {
            true => Ok(()),
            false => Err(self.fault("what was written is not what is read")),
        }
    }

    /// Keeps every size of a stranger's file and tells what to note of it. Decoding runs on a thread of its own; files that
    /// are there already are not written again. Errors: those of [`catalog::picture::read`]; `media_storage`.
    pub async fn take(&self, organisation: i64, file: Bytes, source: &str) -> Result<PutMedium> {
        let picture = decoded(file).await?;
        let medium = PutMedium::of(organisation, &picture, source);
        for (address, bytes) in picture.files {
            self.keep(&address.key(), bytes.into()).await?;
        }
        Ok(medium)
    }

    /// Keeps a stranger's file in its largest size only, under a name that no page of the shop serves: for what only some may see.
    /// Gives its name and what it is. Errors: those of [`catalog::picture::read`]; `media_storage`.
    pub async fn take_private(&self, file: Bytes) -> Result<(String, catalog::PictureAddress)> {
        let mut picture = decoded(file).await?;
        let Some((address, bytes)) = picture.files.pop() else {
            return Err(Error::internal("a picture without a size"));
        };
        let key = format!("private/{}", address.key());
        self.keep(&key, bytes.into()).await?;
        Ok((key, address))
    }

    /// Writes a file unless it is there. Errors: `media_storage`.
    pub async fn keep(&self, key: &str, bytes: Bytes) -> Result<()> {
        let name = self.name(key)?;
        match self.objects.head(&name).await {
            Ok(_) => return Ok(()),
            Err(object_store::Error::NotFound { .. }) => {}
            Err(problem) => return Err(self.fault(problem)),
        }
        self.objects.put(&name, bytes.into()).await.map(drop).map_err(|problem| self.fault(problem))
    }

    /// A file; nothing if there is none. Errors: `media_storage`.
    pub async fn get(&self, key: &str) -> Result<Option<Bytes>> {
        let found = match self.objects.get(&self.name(key)?).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(problem) => return Err(self.fault(problem)),
        };
        found.bytes().await.map(Some).map_err(|problem| self.fault(problem))
    }

    /// Removes every size of a picture; what is not there is removed already. Errors: `media_storage`.
    pub async fn remove(&self, hash: &str) -> Result<()> {
        let folder = self.name(&format!("{}/{hash}", hash.get(..2).unwrap_or_default()))?;
        let files: Vec<_> =
            self.objects.list(Some(&folder)).try_collect().await.map_err(|problem| self.fault(problem))?;
        for file in files {
            match self.objects.delete(&file.location).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(problem) => return Err(self.fault(problem)),
            }
        }
        Ok(())
    }

    /// Copies every file that `to` has not; how many files there are. Names say what is in them: one that exists is the
    /// same, so that a copy may be broken off and begun again. Errors: `media_storage`.
    pub async fn copy_to(&self, to: &Media) -> Result<u64> {
        let (mut files, mut list) = (0, self.objects.list(None));
        while let Some(found) = list.try_next().await.map_err(|problem| self.fault(problem))? {
            let key = found.location.as_ref();
            // Gone between the list and now: the probe of a start, or a picture that nothing names.
            let Some(bytes) = self.get(key).await? else { continue };
            to.keep(key, bytes).await?;
            files += 1;
        }
        Ok(files)
    }

    fn name(&self, key: &str) -> Result<Path> {
        Path::parse(key).map_err(|problem| self.fault(problem))
    }

    fn fault(&self, problem: impl std::fmt::Display) -> Error {
        tracing::error!(place = self.place, %problem, "the storage of pictures failed");
        Error::unavailable("media_storage", format!("The storage of pictures ({}) does not answer.", self.place))
    }
}

async fn decoded(file: Bytes) -> Result<Picture> {
    let _turn = DECODERS.acquire().await.map_err(Error::internal)?;
    let read = tokio::task::spawn_blocking(move || catalog::picture::read(&file));
    read.await.map_err(|_| Error::field("pictures", "picture_broken", "This file cannot be read as a picture."))?
}

/// Gives the storage's client the house's own: same limits, same rules of encryption.
#[derive(Debug)]
struct Connector(Peers);

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = self
            .0
            .client()
            .map_err(|error| object_store::Error::Generic { store: "S3", source: error.message.into() })?;
        Ok(HttpClient::new(client))
    }
}
