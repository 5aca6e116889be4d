//! A web server with a ledger's files that can be told to lie.
#![allow(dead_code)] // each test binary uses a part

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What a path is answered with.
#[derive(Clone)]
pub(crate) enum Answer {
    File(Vec<u8>),
    /// With these header lines, each ended by CR LF.
    Headed(String, Vec<u8>),
    /// With `Content-Encoding: gzip`, unasked.
    Packed(Vec<u8>),
    /// No file, this status.
    Status(u16),
    /// Bytes without end.
    Endless,
    /// The beginning of a file; then the line is dead.
    HangsUp(Vec<u8>),
}

type Answers = Arc<Mutex<BTreeMap<String, Answer>>>;

/// The server, until it is dropped.
pub(crate) struct Mirror {
    pub(crate) url: String,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Mirror {
    /// Serves the files of a folder.
    pub(crate) fn of(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        read(folder, "", &mut files);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (answers, stop) = (Arc::new(Mutex::new(files)), Arc::new(AtomicBool::new(false)));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let thread = {
            let (answers, stop, asked) = (answers.clone(), stop.clone(), asked.clone());
            std::thread::spawn(move || {
                for stream in listener.incoming().flatten() {
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    let (answers, asked) = (answers.clone(), asked.clone());
                    // Whoever hangs up on a liar is right to.
                    std::thread::spawn(move || drop(answer(stream, &answers, &asked)));
                }
            })
        };
        Self {
            url: format!("http://{address}"),
            answers,
            asked,
            address,
            stop,
            thread: Some(thread),
        }
    }

    /// Serves the files of another folder from now on, and these alone.
    pub(crate) fn turn(&self, folder: &Path) {
        let mut files = BTreeMap::new();
        read(folder, "", &mut files);
        *self.answers.lock().unwrap() = files;
    }

    /// The paths that were asked for since the last time.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    /// Answers a path otherwise from now on.
    pub(crate) fn lie(&self, path: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    pub(crate) fn file(&self, path: &str) -> Vec<u8> {
        match &self.answers.lock().unwrap()[path] {
            Answer::File(bytes) => bytes.clone(),
            _ => panic!("{path} is a lie already"),
        }
    }

    pub(crate) fn paths(&self) -> Vec<String> {
        self.answers.lock().unwrap().keys().cloned().collect()
    }
}

impl Drop for Mirror {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().unwrap().join();
    }
}

fn read(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Answer>) {
    for file in std::fs::read_dir(folder).unwrap() {
        let file = file.unwrap();
        let name = format!("{prefix}{}", file.file_name().to_str().unwrap());
        if file.path().is_dir() {
            read(&file.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, Answer::File(std::fs::read(file.path()).unwrap()));
        }
    }
}

fn answer(mut stream: TcpStream, answers: &Answers, asked: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    for line in lines.by_ref() {
        if line?.is_empty() {
            break;
        }
    }
    let path = request
        .split(' ')
        .nth(1)
        .unwrap_or_default()
        .trim_start_matches('/');
    asked.lock().unwrap().push(path.to_owned());
    let found = answers.lock().unwrap().get(path).cloned();
    let head = |status: u16, more: &str| {
        format!(
            "HTTP/1.1 {status} As told\r\nConnection: close\r\nAccess-Control-Allow-Origin: *\r\n{more}\r\n"
        )
    };
    let length = |bytes: &[u8]| format!("Content-Length: {}\r\n", bytes.len());
    match found.unwrap_or(Answer::Status(404)) {
        Answer::File(bytes) => {
            stream.write_all(head(200, &length(&bytes)).as_bytes())?;
            stream.write_all(&bytes)
        }
        Answer::Headed(more, bytes) => {
            stream.write_all(head(200, &format!("{more}{}", length(&bytes))).as_bytes())?;
            stream.write_all(&bytes)
        }
        Answer::Packed(bytes) => {
            let more = format!("Content-Encoding: gzip\r\n{}", length(&bytes));
            stream.write_all(head(200, &more).as_bytes())?;
            stream.write_all(&bytes)
        }
        Answer::Status(status) => stream.write_all(head(status, "Content-Length: 0\r\n").as_bytes()),
        Answer::Endless => {
            stream.write_all(head(200, "").as_bytes())?;
            loop {
                stream.write_all(&[0; 65_536])?;
            }
        }
        Answer::HangsUp(bytes) => {
            stream.write_all(head(200, &length(&bytes)).as_bytes())?;
            stream.write_all(&bytes[..bytes.len() / 2])
        }
    }
}
