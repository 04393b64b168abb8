//! Data in and out, one file a format.
//!
//! Readers are pure: bytes in, people out, or one error in words that names what is wrong and where. A broken file is
//! refused as a whole, never read by halves, and a file without anybody in it is an error, not an empty success.

pub mod dates;
pub mod decode;
pub mod linkedin;
pub mod quoting;
