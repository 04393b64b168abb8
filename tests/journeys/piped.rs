//! A Chromium spoken to through pipes. Only such a one lets itself be given an extension, and its button be pressed.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::PATIENCE;

/// A browser at the other end of two pipes.
pub struct Piped {
    browser: Child,
    orders: File,
    answers: File,
    heard: Vec<u8>,
    count: u64,
    /// What was told without being asked for.
    events: Vec<Value>,
    _folder: TempDir,
}

impl Drop for Piped {
    fn drop(&mut self) {
        let _ = self.browser.kill();
        let _ = self.browser.wait();
    }
}

impl Piped {
    /// Starts one with a profile of its own.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [orders, answers] = ["orders", "answers"].map(|name| folder.path().join(name));
        assert!(Command::new("mkfifo").args([&orders, &answers]).status().unwrap().success());
        let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
        let script = "for name in chromium chromium-browser google-chrome chrome; do
            if command -v $name >/dev/null; then exec $name \"${@:3}\" 3<\"$1\" 4>\"$2\"; fi; done; exit 1";
        let browser = Command::new("bash")
            .args(["-c", script, "bash"])
            .args([&orders, &answers])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
            .args(["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"])
            .args(["--remote-debugging-pipe", "--enable-unsafe-extension-debugging", &profile, "about:blank"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let orders = OpenOptions::new().write(true).open(orders).unwrap();
        let answers = File::open(answers).unwrap();
        Self { browser, orders, answers, heard: Vec::new(), count: 0, events: Vec::new(), _folder: folder }
    }

    /// Orders something, of one page where a session with it is named.
    pub fn ask(&mut self, session: Option<&str>, method: &str, params: &Value) -> Value {
        self.try_to(session, method, params).unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    fn try_to(&mut self, session: Option<&str>, method: &str, params: &Value) -> Result<Value, Value> {
        self.count += 1;
        let mut order = json!({ "id": self.count, "method": method, "params": params });
        if let Some(session) = session {
            order["sessionId"] = json!(session);
        }
        self.orders.write_all(format!("{order}\0").as_bytes()).unwrap();
        loop {
            let told = self.next();
            if told["id"] == self.count {
                return if told["error"].is_null() { Ok(told["result"].clone()) } else { Err(told["error"].clone()) };
            }
            self.events.push(told);
        }
    }

    fn next(&mut self) -> Value {
        loop {
            if let Some(end) = self.heard.iter().position(|byte| *byte == 0) {
                let told: Vec<u8> = self.heard.drain(..=end).collect();
                return serde_json::from_slice(&told[..end]).unwrap();
            }
            let mut piece = [0; 65536];
            let length = self.answers.read(&mut piece).unwrap();
            assert!(length > 0, "the browser ended");
            self.heard.extend(&piece[..length]);
        }
    }

    /// Opens a page in a tab of its own: the session with it, once it is there.
    pub fn open(&mut self, address: &str) -> (String, String) {
        let target = self.ask(None, "Target.createTarget", &json!({ "url": address }))["targetId"].clone();
        let session = self.ask(None, "Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        let session = session["sessionId"].as_str().unwrap().to_owned();
        self.until(&session, "document.readyState === 'complete' && location.href !== 'about:blank'");
        (target.as_str().unwrap().to_owned(), session)
    }

    /// What a script says on a page.
    pub fn evaluate(&mut self, session: &str, script: &str) -> Value {
        self.try_evaluating(session, script).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    fn try_evaluating(&mut self, session: &str, script: &str) -> Result<Value, Value> {
        let params = json!({ "expression": script, "returnByValue": true, "awaitPromise": true });
        let told = self.try_to(Some(session), "Runtime.evaluate", &params)?;
        if told["exceptionDetails"].is_null() { Ok(told["result"]["value"].clone()) } else { Err(told) }
    }

    /// Waits until a page says so; while it is on its way it says nothing.
    pub fn until(&mut self, session: &str, script: &str) {
        let began = Instant::now();
        while self.try_evaluating(session, script) != Ok(json!(true)) {
            if began.elapsed() > PATIENCE {
                panic!("{script} on {}", self.evaluate(session, "location.href + ': ' + document.body.innerText"));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The addresses of the pages that are open, and what they are known by.
    fn pages(&mut self, kind: &str) -> Vec<(String, String)> {
        let told = self.ask(None, "Target.getTargets", &json!({ "filter": [{ "type": kind }] }));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let targets = told["targetInfos"].as_array().unwrap();
        targets.iter().map(|target| (text(&target["url"]), text(&target["targetId"]))).collect()
    }

    /// Presses the button of the extension while the page of that address is shown.
    pub fn press(&mut self, extension: &str, address: &str) {
        let tabs = self.pages("tab");
        let tab = &tabs.iter().find(|(url, _)| url == address).unwrap_or_else(|| panic!("{address} in {tabs:?}")).1;
        self.ask(None, "Extensions.triggerAction", &json!({ "id": extension, "targetId": tab }));
    }

    /// The page whose address begins so, once it is there.
    pub fn page(&mut self, beginning: &str) -> (String, String) {
        let began = Instant::now();
        loop {
            if let Some(page) = self.pages("page").into_iter().find(|(url, _)| url.starts_with(beginning)) {
                return page;
            }
            assert!(began.elapsed() < PATIENCE, "{beginning} is not opened");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The last event of that name that fits.
    pub fn event(&mut self, name: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let began = Instant::now();
        loop {
            let found = self.events.iter().rev().find(|event| event["method"] == name && fits(&event["params"]));
            if let Some(event) = found {
                return event["params"].clone();
            }
            assert!(began.elapsed() < PATIENCE, "no {name}: {:?}", self.events);
            let event = self.next();
            self.events.push(event);
        }
    }
}
