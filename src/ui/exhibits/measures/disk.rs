//! Files in the file system that the browser keeps for this site (OPFS); or in memory, where there is none.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Blob, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemRemoveOptions, FileSystemWritableFileStream,
};

use super::refusal::{Outcome, refused, settled};
use crate::course::measures::{Refused, Why};

/// The folder's name. Nothing else of this site has it.
const NAME: &str = "concurrent-burgers-measures";
/// How long a file is, in bytes.
const LENGTH: usize = 4096;

/// A folder that is removed, with all that is in it, when it is dropped.
pub struct Folder {
    root: FileSystemDirectoryHandle,
    folder: FileSystemDirectoryHandle,
}

impl Folder {
    /// Makes it. `None` if this browser has no such file system, or none that a page can write to.
    pub async fn make() -> Result<Option<Self>, Refused> {
        let Some(root) = root()? else { return Ok(None) };
        let root: FileSystemDirectoryHandle = settled(root).await?.unchecked_into();
        let options = FileSystemGetDirectoryOptions::new();
        options.set_create(true);
        let folder = settled(root.get_directory_handle_with_options(NAME, &options)).await?;
        let folder = Self { root, folder: folder.unchecked_into() };
        let file = folder.file(0).await?;
        Ok(has(&file, "createWritable").then_some(folder))
    }

    async fn file(&self, number: usize) -> Result<FileSystemFileHandle, Refused> {
        file(self.folder.clone(), number).await
    }

    /// Writes a file, and reads it.
    pub fn write_and_read(&self, number: usize) -> impl Future<Output = Outcome> + use<> {
        let folder = self.folder.clone();
        async move {
            let file = file(folder, number).await?;
            let stream: FileSystemWritableFileStream =
                settled(file.create_writable()).await?.unchecked_into();
            settled(stream.write_with_js_u8_array(&bytes()).map_err(refused)?).await?;
            settled(stream.close()).await?;
            let written: Blob = settled(file.get_file()).await?.unchecked_into();
            read(&written).await
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let root = self.root.clone();
        spawn_local(async move {
            let options = FileSystemRemoveOptions::new();
            options.set_recursive(true);
            // If it cannot be removed, it is empty files; the next time will find them.
            let _ = settled(root.remove_entry_with_options(NAME, &options)).await;
        });
    }
}

/// Writes a file in memory, and reads it.
pub async fn in_memory() -> Outcome {
    let parts = js_sys::Array::of1(&bytes());
    read(&Blob::new_with_u8_array_sequence(&parts).map_err(refused)?).await
}

async fn file(folder: FileSystemDirectoryHandle, number: usize) -> Result<FileSystemFileHandle, Refused> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let name = format!("{number}.txt");
    Ok(settled(folder.get_file_handle_with_options(&name, &options)).await?.unchecked_into())
}

async fn read(file: &Blob) -> Outcome {
    let read = settled(file.array_buffer()).await?;
    match js_sys::Uint8Array::new(&read).length() as usize {
        LENGTH => Ok(()),
        other => Err(Refused { why: Why::Other, said: format!("{other}") }),
    }
}

fn bytes() -> js_sys::Uint8Array {
    js_sys::Uint8Array::new_with_length(LENGTH as u32).fill(98, 0, LENGTH as u32)
}

fn has(object: &JsValue, key: &str) -> bool {
    js_sys::Reflect::get(object, &key.into()).is_ok_and(|value| value.is_function())
}

/// Asks for the root folder, if there is anybody to ask: pages that are not served safely have none.
fn root() -> Result<Option<js_sys::Promise>, Refused> {
    let Some(window) = web_sys::window() else { return Ok(None) };
    let storage = js_sys::Reflect::get(&window.navigator(), &"storage".into()).map_err(refused)?;
    if storage.is_undefined() {
        return Ok(None);
    }
    let ask = js_sys::Reflect::get(&storage, &"getDirectory".into()).map_err(refused)?;
    let Some(ask) = ask.dyn_ref::<js_sys::Function>() else { return Ok(None) };
    Ok(Some(ask.call0(&storage).map_err(refused)?.unchecked_into()))
}
