//! Serves the table of commands, and the built window, over loopback HTTP, so that a plain browser can run the real UI
//! over the real core. For tests and pictures only; never shipped.
//!
//! `hallway-bridge --file F --ui ui/dist [--port N] [--zone Z] [--now MS]` prints `listening http://127.0.0.1:PORT`.
use hallway_core::{Access, Failure, Now, Store, dispatch_once, id, open};
use serde_json::{Value, json};
use std::{
    collections::{HashMap, VecDeque},
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    thread,
};

struct Bridge {
    opened: Result<Store, Failure>,
    file: PathBuf,
    ui: PathBuf,
    now: Option<i64>,
    /// What the next dialogs answer, in order.
    answers: Mutex<VecDeque<Vec<PathBuf>>>,
    settings: Mutex<Value>,
    links: Mutex<Vec<String>>,
}

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let options: HashMap<&str, &str> = args.chunks_exact(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let option = |name: &str| options.get(name).copied();
    let file = PathBuf::from(option("--file").unwrap_or("bridge.hallway"));
    let now = option("--now").and_then(|ms| ms.parse().ok());
    let opened = open(
        &file,
        now.map_or_else(Now::system, Now),
        id::seed_from_system(),
        option("--zone").unwrap_or("Europe/Berlin"),
    );
    let bridge = Bridge {
        opened: opened.map_err(|e| Failure::from(&e)),
        file,
        ui: option("--ui").unwrap_or("ui/dist").into(),
        now,
        answers: Mutex::default(),
        settings: Mutex::new(json!({})),
        links: Mutex::default(),
    };
    let listener = TcpListener::bind(("127.0.0.1", option("--port").and_then(|p| p.parse().ok()).unwrap_or(0)))?;
    println!("listening http://{}", listener.local_addr()?);
    thread::scope(|scope| {
        for stream in listener.incoming().flatten() {
            let bridge = &bridge;
            scope.spawn(move || {
                if let Err(e) = bridge.serve(stream)
                    && !matches!(e.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset)
                {
                    eprintln!("bridge: {e}");
                }
            });
        }
    });
    Ok(())
}

impl Bridge {
    /// Answers the requests of one connection until it is closed.
    fn serve(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        loop {
            let mut first = String::new();
            if reader.read_line(&mut first)? == 0 {
                return Ok(());
            }
            let mut length = 0;
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
                    break;
                }
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap_or(0);
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body)?;
            let address = first.split(' ').nth(1).unwrap_or("/");
            let (path, request) = address.split_once("?request=").unwrap_or((address, ""));
            let input = serde_json::from_slice(&body).unwrap_or(Value::Null);
            let (status, kind, bytes) = self.answer(path, request, input);
            write!(
                stream,
                "HTTP/1.1 {status} -\r\ncontent-type: {kind}\r\ncontent-length: {}\r\ncache-control: no-store\r\n\r\n",
                bytes.len()
            )?;
            stream.write_all(&bytes)?;
        }
    }

    fn answer(&self, path: &str, request: &str, input: Value) -> (u16, &'static str, Vec<u8>) {
        let json = |status, value: Value| (status, "application/json", value.to_string().into_bytes());
        let reply = match path
            .strip_prefix("/rpc/")
            .map_or_else(|| self.host(path, &input), |command| self.rpc(command, request, input.clone()))
        {
            Some(Ok(value)) => return json(200, value),
            Some(Err(failure)) => return json(422, serde_json::to_value(failure).unwrap_or_default()),
            None => self.page(path),
        };
        match reply {
            Some((kind, bytes)) => (200, kind, bytes),
            None => (404, "text/plain", b"not here".to_vec()),
        }
    }

    fn rpc(&self, command: &str, request: &str, input: Value) -> Option<Result<Value, Failure>> {
        let now = self.now.map_or_else(Now::system, Now);
        Some(match &self.opened {
            Ok(store) => dispatch_once(store, now, request, command, input)
                .map(|reply| json!({ "value": reply.value, "changed": reply.changed, "operation": reply.operation })),
            Err(failure) => Err(failure.clone()),
        })
    }

    /// What the window's host does: dialogs, window settings, links.
    fn host(&self, path: &str, input: &Value) -> Option<Result<Value, Failure>> {
        fn held<T>(m: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
            m.lock().unwrap_or_else(PoisonError::into_inner)
        }
        let value = match path {
            "/host/start" => match &self.opened {
                Ok(_) => json!({ "state": "ready" }),
                Err(failure) => {
                    json!({ "state": "failed", "code": failure.code, "message": failure.message, "path": self.file })
                }
            },
            "/host/answer" => {
                let several = input["path"].as_array().into_iter().flatten();
                let paths = several.chain([&input["path"]]).filter_map(Value::as_str).map(PathBuf::from);
                held(&self.answers).push_back(paths.collect());
                json!(null)
            }
            "/host/choose_path" => {
                match (held(&self.answers).pop_front().and_then(|paths| paths.into_iter().next()), &self.opened) {
                    (Some(path), Ok(store)) => {
                        let access = if input["purpose"] == "import" || input["purpose"] == "rules_in" {
                            Access::Read
                        } else {
                            Access::Write
                        };
                        json!({ "name": path.file_name().map(|n| n.to_string_lossy().into_owned()), "grant": store.grant(path, access) })
                    }
                    _ => json!(null),
                }
            }
            "/host/choose_files" => match &self.opened {
                Ok(store) => {
                    let paths = held(&self.answers).pop_front().unwrap_or_default();
                    let chosen = paths.into_iter().map(|path| {
                        let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
                        json!({ "name": name, "grant": store.grant(path, Access::Read) })
                    });
                    chosen.collect()
                }
                Err(failure) => return Some(Err(failure.clone())),
            },
            "/host/settings" => {
                let mut settings = held(&self.settings);
                if input.is_object() {
                    *settings = input.clone();
                }
                settings.clone()
            }
            "/host/open_link" => {
                held(&self.links).extend(input["url"].as_str().map(str::to_owned));
                json!(null)
            }
            "/host/links" => json!(*held(&self.links)),
            "/host/poll" => match &self.opened {
                Ok(store) => {
                    let elsewhere = store.changed_elsewhere().unwrap_or(false);
                    json!({ "tables": if elsewhere { vec!["*"] } else { vec![] }, "revision": store.revision() })
                }
                Err(failure) => return Some(Err(failure.clone())),
            },
            _ => return None,
        };
        Some(Ok(value))
    }

    fn page(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let name = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
        if name.split('/').any(|part| part == "..") {
            return None;
        }
        let kind = match Path::new(name).extension()?.to_str()? {
            "html" => "text/html; charset=utf-8",
            "js" => "text/javascript",
            "css" => "text/css",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            _ => "application/octet-stream",
        };
        Some((kind, fs::read(self.ui.join(name)).ok()?))
    }
}
