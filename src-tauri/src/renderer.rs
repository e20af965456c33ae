//! How the page is drawn where WebKitGTK needs to be told; elsewhere there is nothing to do.

#[cfg(target_os = "linux")]
pub use gtk::{settle, tune};

#[cfg(not(target_os = "linux"))]
pub fn settle() {}

#[cfg(not(target_os = "linux"))]
pub fn tune(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod gtk {
    use std::env;
    use std::fs::{self, File};
    use std::os::unix::process::CommandExt;
    use std::process::Command;
    use webkit2gtk::{InputMethodContextExt, SettingsExt, WebViewExt};

    const WITHOUT_GPU: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

    /// On a machine without a GPU, pages scroll three times faster when WebKit does not pretend to have one. WebKit
    /// reads that from the environment, which a running program cannot change safely, so this one starts over with it
    /// set, as the same process. Call it before anything else.
    pub fn settle() {
        let told = env::var_os(WITHOUT_GPU).is_some();
        // WebDriver's screenshots time out with this renderer.
        let driven = env::var_os("TAURI_AUTOMATION").is_some();
        if told || driven || has_gpu() {
            return;
        }
        let error = match env::current_exe() {
            Ok(program) => Command::new(program).args(env::args_os().skip(1)).env(WITHOUT_GPU, "1").exec(),
            Err(error) => error,
        };
        eprintln!("Drawing may be slow, because the program could not be started over: {error}");
    }

    /// Scrolls at once instead of in an animation that each turn of the wheel starts afresh (WebKit bug 258926), and
    /// shows what an input method is composing where it is typed, which wry switches off.
    pub fn tune(window: &tauri::WebviewWindow) -> tauri::Result<()> {
        window.with_webview(|webview| {
            let view = webview.inner();
            if let Some(settings) = WebViewExt::settings(&view) {
                settings.set_enable_smooth_scrolling(false);
            }
            if let Some(input) = view.input_method_context() {
                input.set_enable_preedit(true);
            }
        })
    }

    fn has_gpu() -> bool {
        let Ok(devices) = fs::read_dir("/dev/dri") else { return false };
        devices.flatten().any(|device| {
            device.file_name().to_string_lossy().starts_with("renderD") && File::open(device.path()).is_ok()
        })
    }
}
