//! A web server, asked as a browser asks.

use std::collections::BTreeMap;
use std::io::Read;
use std::time::Duration;

use crate::command::failure::Failure;
use rand::seq::IndexedRandom;

/// The longest page or file that is read.
const LONGEST: u64 = 16_777_216;

/// Browsers that citizens use: an observer who names itself could be served
/// something else than voters (attack H1).
const BROWSERS: [&str; 4] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
];

/// A site, by the address of one of its pages.
pub(super) struct Site {
    /// Scheme, host and port.
    origin: String,
    /// The page's path and query.
    page: String,
    agent: ureq::Agent,
}

/// An answer.
pub(super) struct Answer {
    /// Headers by their names in small letters; several of one name joined by a line feed.
    pub(super) headers: BTreeMap<String, String>,
    pub(super) bytes: Vec<u8>,
}

impl Site {
    /// `None` if this is not the address of a page.
    pub(super) fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, page) = rest.split_at(end);
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if !matches!(scheme, "http" | "https") || host.is_empty() || !host.chars().all(plain) {
            return None;
        }
        let browser = BROWSERS.choose(&mut rand::rng())?;
        let agent = ureq::Agent::config_builder()
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_global(Some(Duration::from_secs(60)))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(*browser)
            .build()
            .into();
        Some(Self {
            origin: format!("{scheme}://{host}"),
            page: page
                .split('#')
                .next()
                .filter(|page| page.starts_with('/'))
                .unwrap_or("/")
                .to_owned(),
            agent,
        })
    }

    /// The path of the page that was named.
    pub(super) fn page(&self) -> &str {
        &self.page
    }

    /// A file that must be there.
    pub(super) fn get(&self, path: &str) -> Result<Vec<u8>, Failure> {
        self.find(path)?
            .ok_or_else(|| Failure::Cannot(format!("{}{path} is not there", self.origin)))
    }

    /// A file, if it is there.
    pub(super) fn find(&self, path: &str) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.answer(path, "*/*")?.map(|answer| answer.bytes))
    }

    /// A page with its headers, if it is there.
    pub(super) fn answer(&self, path: &str, accept: &str) -> Result<Option<Answer>, Failure> {
        let url = format!("{}{path}", self.origin);
        let cannot = |why: String| Failure::Cannot(format!("{url} cannot be read: {why}"));
        let request = self.agent.get(&url).header("accept", accept);
        let mut response = request.call().map_err(|error| cannot(error.to_string()))?;
        match response.status().as_u16() {
            200 => {}
            404 | 410 => return Ok(None),
            status => return Err(cannot(format!("the server answered with status {status}"))),
        }
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in response.headers() {
            let value = String::from_utf8_lossy(value.as_bytes());
            let all = headers.entry(name.as_str().to_owned()).or_default();
            if !all.is_empty() {
                all.push('\n');
            }
            all.push_str(&value);
        }
        let mut bytes = Vec::new();
        let mut reader = response.body_mut().as_reader().take(LONGEST + 1);
        reader
            .read_to_end(&mut bytes)
            .map_err(|error| cannot(error.to_string()))?;
        if bytes.len() as u64 > LONGEST {
            return Err(cannot(
                "it is larger than a page or a file of the booth may be".to_owned(),
            ));
        }
        Ok(Some(Answer { headers, bytes }))
    }
}
