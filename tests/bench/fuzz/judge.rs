//! Gives an input to a parser and says whether it got away with it: no panic, no overflow of the stack, not too long, not
//! too much memory, and an answer that is whole.

use std::{
    io::Write,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use crate::{memory, target::Target};

/// Longer than this no answer may take, also in a build that is not optimised.
const LONG: Duration = Duration::from_secs(10);
/// After this time the input is written out and the run ends: it may never come back.
const NEVER: Duration = Duration::from_mins(1);
/// What a parser may hold whatever it reads, and how many times the bytes of its input.
const MEMORY: (usize, usize) = (48 << 20, 300);

/// How long this process has worked: a machine that is busy with something else makes no parser slow.
#[cfg(unix)]
fn worked() -> Duration {
    let mut out = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: one valid timespec is passed, to be filled.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut out) };
    Duration::new(out.tv_sec.unsigned_abs(), u32::try_from(out.tv_nsec).unwrap_or(0))
}

/// Other systems do not say it; the clock on the wall has to do.
#[cfg(not(unix))]
fn worked() -> Duration {
    static BEGUN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    BEGUN.elapsed()
}

/// The input that is being read, since when.
type Now = Arc<Mutex<Option<(Duration, &'static str, Vec<u8>)>>>;

/// Watches over the answers.
pub struct Judge {
    now: Now,
}

/// Where what was found is written.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/fuzz")
}

/// Writes an input out; its name is the parser and a number of the content.
pub fn keep(target: &str, bytes: &[u8]) -> PathBuf {
    let number = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    std::fs::create_dir_all(folder()).unwrap();
    let path = folder().join(format!("{target}-{number:016x}"));
    std::fs::write(&path, bytes).unwrap();
    path
}

impl Judge {
    /// Begins to watch: an input that never comes back is written out, and the run ends.
    pub fn start() -> Self {
        let now = Now::default();
        let seen = Arc::clone(&now);
        std::panic::set_hook(Box::new(|_| ()));
        std::thread::spawn(move || {
            loop {
                std::thread::sleep(Duration::from_secs(1));
                let held = seen.lock().unwrap();
                if let Some((since, target, bytes)) =
                    held.as_ref().filter(|(since, ..)| worked().saturating_sub(*since) > NEVER)
                {
                    let path = keep(target, bytes);
                    let took = worked().saturating_sub(*since);
                    println!("{target}: no answer after {took:.0?}: {}", path.display());
                    std::process::exit(1);
                }
            }
        });
        Self { now }
    }

    /// What kind of answer an input has, or what is wrong with it.
    pub fn ask(&self, target: &Target, name: &str, bytes: &[u8]) -> Result<String, String> {
        *self.now.lock().unwrap() = Some((worked(), target.name, bytes.to_vec()));
        // An overflow of the stack takes the whole process with it; what it was about is there then.
        last(target.name, bytes);
        let begun = worked();
        let (answer, most) = memory::most(|| catch_unwind(AssertUnwindSafe(|| (target.ask)(name, bytes))));
        let took = worked().saturating_sub(begun);
        *self.now.lock().unwrap() = None;
        let kind = match answer {
            Ok(answer) => answer?,
            Err(panic) => {
                let says = panic.downcast_ref::<String>().cloned();
                let says = says.or_else(|| panic.downcast_ref::<&str>().map(|&says| says.to_owned()));
                return Err(format!("it panicked ({})", says.unwrap_or_default()));
            }
        };
        if took > LONG {
            return Err(format!("{} bytes took {took:.1?}", bytes.len()));
        }
        if most > MEMORY.0 + MEMORY.1 * bytes.len() {
            return Err(format!("{} bytes took {} MiB of memory", bytes.len(), most >> 20));
        }
        Ok(kind)
    }
}

fn last(target: &str, bytes: &[u8]) {
    std::fs::create_dir_all(folder()).unwrap();
    let mut file = std::fs::File::create(folder().join(format!("last-{target}"))).unwrap();
    file.write_all(bytes).unwrap();
}
