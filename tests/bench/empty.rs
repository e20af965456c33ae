//! A window of Tauri with next to nothing in it: what starting one costs at the least. The page is a plain table, long
//! enough to scroll in.
use tauri::{WebviewUrl, WebviewWindowBuilder, http::Response};

const ROWS: usize = 2_000;
const HEAD: &str = "<!doctype html><meta charset=utf-8><title>Hallway</title><style>
  body { margin: 0; font: 13px sans-serif }
  .grid { height: 100vh; overflow: auto }
  .row { display: grid; grid-template-columns: 30px 2fr 2fr 1fr 1fr 1fr 2fr 1fr; height: 32px; line-height: 32px; border-bottom: 1px solid #ddd; contain: strict }
  .row span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
</style><div class=grid role=grid>";

fn main() -> tauri::Result<()> {
    let row = "<div class=row role=row><span></span><span>Priya Nair</span><span>Globex Robotics</span><span>Building</span>\
               <span>India</span><span>3 days ago</span><span>rust, postgres, queues</span><span>2024</span></div>";
    let page = format!("{HEAD}{}</div>", row.repeat(ROWS));
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", move |_, _| {
            Response::builder().header("content-type", "text/html").body(page.clone().into_bytes()).unwrap_or_default()
        })
        .setup(|app| {
            WebviewWindowBuilder::new(app, "main", WebviewUrl::CustomProtocol("empty://localhost/".parse()?))
                .title("Hallway")
                .inner_size(1280.0, 800.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
