//! A headless Chromium, driven as a person would: by labels, names of buttons, and what is to be seen.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::error::CmdError;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

/// How long something may take to appear.
pub const PATIENCE: Duration = Duration::from_secs(30);
/// The longest text that is typed, in bytes.
const PASTED: usize = 1_000;

/// axe-core, which finds what keeps people out.
const AXE: &str = include_str!("../support/axe.min.js");

/// A browser with a profile of its own.
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    base: String,
    port: u16,
    driver: Child,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Asked to end, the driver ends its browser too; killed, it would leave it behind.
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(PATIENCE));
            let _ = stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
            let _ = stream.read_to_end(&mut Vec::new());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A command of Chromium's own protocol.
#[derive(Debug)]
pub struct DevTools(pub &'static str, pub Value);

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.0, "params": self.1 }).to_string()))
    }
}

impl Browser {
    /// Starts one that reads pages from `base`, without a trailing slash.
    pub async fn start(base: impl Into<String>) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed (bin/test brings it)");
        let profile = tempfile::tempdir().unwrap();
        let mut arguments: Vec<String> = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
        ]
        .map(String::from)
        .to_vec();
        arguments.push(format!("--user-data-dir={}", profile.path().display()));
        let capabilities = json!({
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        let capabilities = capabilities.as_object().unwrap().clone();
        let client = 'connected: {
            for _ in 0..100 {
                let mut builder = ClientBuilder::new(HttpConnector::new());
                builder.capabilities(capabilities.clone());
                if let Ok(client) = builder.connect(&format!("http://127.0.0.1:{port}")).await {
                    break 'connected client;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            panic!("chromedriver took no session within 10 s");
        };
        let browser = Self { client, base: base.into(), port, driver, _profile: profile };
        browser.scheme("light").await;
        browser
    }

    /// Keeps a cookie of ours.
    pub async fn cookie(&self, name: &str, value: &str) {
        let cookie = json!({ "name": name, "value": value, "url": self.base, "httpOnly": true, "sameSite": "Lax" });
        self.client.issue_cmd(DevTools("Network.setCookie", cookie)).await.unwrap();
    }

    /// Opens a page of ours.
    pub async fn open(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// The path of the page that is open.
    pub async fn path(&self) -> String {
        self.client.current_url().await.unwrap().path().to_owned()
    }

    /// Waits until the text is to be seen.
    pub async fn see(&self, text: &str) {
        let found = self.until("return document.body.innerText.includes(arguments[0])", json!(text)).await;
        if !found {
            panic!("{text:?} is not to be seen on {}:\n{}", self.path().await, self.text().await);
        }
    }

    /// What is to be seen.
    pub async fn text(&self) -> String {
        let text = self.client.execute("return document.body.innerText", vec![]).await.unwrap();
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a script with one argument says true; false when it never does.
    pub async fn until(&self, script: &str, argument: Value) -> bool {
        let start = std::time::Instant::now();
        while start.elapsed() < PATIENCE {
            if let Ok(Value::Bool(true)) = self.client.execute(script, vec![argument.clone()]).await {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// The control of a label.
    async fn control(&self, label: &str) -> Result<Element, CmdError> {
        let script = "const wanted = arguments[0];
            const seen = [...document.querySelectorAll('label')].filter(l => l.offsetParent || l.classList.contains('unseen'));
            const words = l => l.textContent.trim().replace(/\\s*\\(optional\\)$/, '');
            const label = seen.find(l => words(l) === wanted) || seen.find(l => words(l).startsWith(wanted));
            const control = label ? (label.control || document.getElementById(label.htmlFor))
                : [...document.querySelectorAll('[aria-label]')].find(c => c.offsetParent && c.getAttribute('aria-label') === wanted);
            if (!control) return false;
            document.querySelectorAll('[data-test-wanted]').forEach(c => c.removeAttribute('data-test-wanted'));
            control.setAttribute('data-test-wanted', ''); return true";
        assert!(
            self.until(script, json!(label)).await,
            "no control {label:?} on {}:\n{}",
            self.path().await,
            self.text().await
        );
        self.client.find(Locator::Css("[data-test-wanted]")).await
    }

    /// Writes into the field of a label, over what stood there.
    pub async fn fill(&self, label: &str, text: &str) {
        self.patiently(label, async || self.write(label, text).await).await;
    }

    /// Does something to a control; again where a page was put in place between finding it and doing it.
    async fn patiently(&self, label: &str, act: impl AsyncFn() -> Result<(), CmdError>) {
        for _ in 0..5 {
            match act().await {
                Ok(()) => return,
                Err(error) if error.is_stale_element_reference() || error.is_no_such_element() => {}
                Err(error) => panic!("{label:?} on {}: {error}", self.path().await),
            }
        }
        panic!("{label:?} goes away whenever it is used");
    }

    async fn write(&self, label: &str, text: &str) -> Result<(), CmdError> {
        let control = self.control(label).await?;
        let kind = control.attr("type").await?.unwrap_or_default();
        // What is long is pasted: typed, each of its letters would be a key of its own.
        if text.len() > PASTED || matches!(kind.as_str(), "date" | "time" | "datetime-local" | "number") {
            let set = "const c = document.querySelector('[data-test-wanted]'); c.value = arguments[0];
                c.dispatchEvent(new Event('input', { bubbles: true })); c.dispatchEvent(new Event('change', { bubbles: true }))";
            self.client.execute(set, vec![json!(text)]).await?;
        } else {
            control.clear().await?;
            control.send_keys(text).await?;
        }
        Ok(())
    }

    /// Chooses an option, by its words, in the list of a label.
    pub async fn choose(&self, label: &str, option: &str) {
        self.patiently(label, async || self.control(label).await?.select_by_label(option).await).await;
    }

    /// Ticks the box, or the one of several, of a label.
    pub async fn tick(&self, label: &str) {
        let act = async || {
            let control = self.control(label).await?;
            if control.is_selected().await? { Ok(()) } else { control.click().await }
        };
        self.patiently(label, act).await;
    }

    /// Chooses a file in the field of a label.
    pub async fn upload(&self, label: &str, path: &std::path::Path) {
        self.control(label).await.unwrap().send_keys(path.to_str().unwrap()).await.unwrap();
    }

    /// Presses the first visible button or link whose words begin so.
    pub async fn press(&self, words: &str) {
        let script = "const wanted = arguments[0];
            const name = e => (e.getAttribute('aria-label') || e.textContent).trim().replace(/\\s+/g, ' ');
            const seen = [...document.querySelectorAll('button, a, summary')].filter(e => e.offsetParent && !e.disabled);
            const it = seen.find(e => name(e) === wanted) || seen.find(e => name(e).startsWith(wanted));
            if (!it) return false;
            it.scrollIntoView({ block: 'center' });
            document.querySelectorAll('[data-test-wanted]').forEach(c => c.removeAttribute('data-test-wanted'));
            it.setAttribute('data-test-wanted', ''); return true";
        let act = async || {
            assert!(
                self.until(script, json!(words)).await,
                "nothing to press {words:?} on {}:\n{}",
                self.path().await,
                self.text().await
            );
            self.client.find(Locator::Css("[data-test-wanted]")).await?.click().await
        };
        self.patiently(words, act).await;
    }

    /// Light or dark, as the system would say.
    pub async fn scheme(&self, scheme: &str) {
        // Without motion, so that nothing is judged halfway through fading in.
        let media = json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.client.issue_cmd(DevTools("Emulation.setEmulatedMedia", media)).await.unwrap();
    }

    /// The size of the page, in CSS pixels.
    pub async fn size(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.client.issue_cmd(DevTools("Emulation.setDeviceMetricsOverride", metrics)).await.unwrap();
    }

    /// What the console said that a page should not cause: errors, and violations of the content security policy.
    pub async fn complaints(&self) -> Vec<String> {
        let logs = "return window.__complaints || []";
        let logs = self.client.execute(logs, vec![]).await.unwrap();
        logs.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    }

    /// Notes, on every page opened from now on, what the content security policy refuses and what scripts fail at.
    pub async fn listen_for_complaints(&self) {
        let source = "window.__complaints = [];
            document.addEventListener('securitypolicyviolation', e => window.__complaints.push('CSP: ' + e.violatedDirective + ' ' + e.blockedURI));
            window.addEventListener('error', e => window.__complaints.push('error: ' + e.message));
            window.alert = m => window.__complaints.push('dialog: ' + m);";
        self.client
            .issue_cmd(DevTools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })))
            .await
            .unwrap();
    }

    /// What axe finds on the page as it stands, one line a finding.
    pub async fn axe(&self) -> Vec<String> {
        self.axe_by(json!({})).await
    }

    /// What axe finds in the colours of the page, for a scheme of one that it has read in another.
    pub async fn axe_of_colours(&self) -> Vec<String> {
        self.axe_by(json!({ "runOnly": ["color-contrast", "link-in-text-block"] })).await
    }

    async fn axe_by(&self, options: Value) -> Vec<String> {
        let loaded = self.client.execute("return typeof axe !== 'undefined'", vec![]).await.unwrap();
        if loaded != Value::Bool(true) {
            self.client.execute(AXE, vec![]).await.unwrap();
        }
        let run = "const [options, done] = arguments;
            axe.run(document, { resultTypes: ['violations'], ...options }).then(r => done(r.violations.map(v =>
                v.id + ' (' + v.impact + '): ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | '))),
                e => done(['axe failed: ' + e]))";
        let found = self.client.execute_async(run, vec![options]).await.unwrap();
        found.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
    }

    /// How far the page is wider than the window, in pixels.
    pub async fn overflow(&self) -> i64 {
        let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.client.execute(wide, vec![]).await.unwrap().as_i64().unwrap_or_default()
    }

    /// Keeps a picture of the page where INROAD_SCREENSHOTS names a folder.
    pub async fn picture(&self, name: &str) {
        if std::env::var_os("INROAD_SCREENSHOTS").is_some() {
            keep(name, &self.client.screenshot().await.unwrap());
        }
    }

    /// Keeps a picture of the one thing on the page that this selector finds.
    pub async fn picture_of(&self, css: &str, name: &str) {
        let found = self.client.find(Locator::Css(css)).await.unwrap();
        let png = found.screenshot().await.unwrap();
        assert!(png.len() > 2_000, "{name} shows something");
        keep(name, &png);
    }
}

fn keep(name: &str, png: &[u8]) {
    if let Some(folder) = std::env::var_os("INROAD_SCREENSHOTS") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(format!("{name}.png")), png).unwrap();
    }
}
