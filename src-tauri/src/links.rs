//! Where links lead: out to the person's browser or mail program, never to another page in this window.
use crate::desk::internal;
use hallway_core::Failure;
use tauri::{AppHandle, Url, utils::config::Config};
use tauri_plugin_opener::OpenerExt;

/// Opens a link the way the person's system does.
#[tauri::command]
pub fn open_link(app: AppHandle, url: &str) -> Result<(), Failure> {
    let link = leads_out(url).ok_or_else(|| Failure {
        code: "invalid",
        message: "Only web links (https) and e-mail addresses can be opened.".into(),
        field: Some("url".into()),
    })?;
    app.opener().open_url(link.as_str(), None::<&str>).map_err(|error| {
        eprintln!("A link could not be opened: {error}");
        internal("The link could not be opened. Copy it into your browser.")
    })
}

/// Where the window's own page comes from.
pub struct Page {
    dev: Option<Url>,
}

impl Page {
    pub fn of(config: &Config) -> Page {
        Page { dev: config.build.dev_url.clone().filter(|_| tauri::is_dev()) }
    }

    /// Whether a navigation stays on the page; every other one is refused.
    pub fn holds(&self, url: &Url) -> bool {
        let own = match url.scheme() {
            "tauri" => url.host_str() == Some("localhost"),
            // Windows serves the same page under this name.
            "http" | "https" => url.host_str() == Some("tauri.localhost"),
            _ => false,
        };
        own || self.dev.as_ref().is_some_and(|dev| dev.origin() == url.origin())
    }
}

fn leads_out(link: &str) -> Option<Url> {
    let url = Url::parse(link).ok()?;
    match url.scheme() {
        "https" => url.host_str().is_some_and(|host| !host.is_empty()).then_some(url),
        "mailto" => Some(url),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_links_lead_out() {
        for link in ["https://example.org/talk?id=1#top", "mailto:priya@example.org"] {
            assert_eq!(leads_out(link).as_ref().map(Url::as_str), Some(link));
        }
        for link in [
            "http://example.org/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "data:text/html,hi",
            "smb://host/share",
            "ssh://host",
            "/etc/passwd",
            "https://",
            "",
        ] {
            assert_eq!(leads_out(link), None, "{link}");
        }
    }

    #[test]
    fn the_window_stays_on_its_own_page() -> Result<(), Box<dyn std::error::Error>> {
        let built = Page { dev: None };
        assert!(built.holds(&Url::parse("tauri://localhost/index.html#/people")?));
        for elsewhere in [
            "https://example.org/",
            "http://localhost:5173/",
            "file:///etc/passwd",
            "about:blank",
            "tauri://example.org/",
        ] {
            assert!(!built.holds(&Url::parse(elsewhere)?), "{elsewhere}");
        }
        let dev = Page { dev: Some(Url::parse("http://localhost:5173")?) };
        assert!(dev.holds(&Url::parse("http://localhost:5173/people")?));
        assert!(!dev.holds(&Url::parse("http://localhost:5174/")?));
        Ok(())
    }
}
