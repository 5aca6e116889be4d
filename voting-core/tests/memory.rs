//! What a decoder takes from the machine for bytes that state huge lengths.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use voting_core::encoding::{MAX_ENTRY, decode};
use voting_core::entry::Entry;
use voting_core::manifest::{Contest, Manifest};

/// Counts what is held, and the most that was held at once.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator with the same arguments.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::SeqCst) + layout.size();
        MOST.fetch_max(held, Ordering::SeqCst);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::SeqCst);
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most bytes held while something ran, above what was held before.
fn most_held(run: impl FnOnce()) -> usize {
    let before = HELD.load(Ordering::SeqCst);
    MOST.store(before, Ordering::SeqCst);
    run();
    MOST.load(Ordering::SeqCst) - before
}

/// A CBOR head that states a length: array, map, text or bytes.
fn head(major: u8, length: u64) -> Vec<u8> {
    let mut bytes = vec![major << 5 | 27];
    bytes.extend(length.to_be_bytes());
    bytes
}

#[test]
fn b7_stated_lengths_and_depths_allocate_nothing_beyond_the_entry() {
    const CAP: usize = 8 * MAX_ENTRY;
    // The allocator counts: a megabyte is noticed. (One test alone: it counts for the process.)
    assert!(most_held(|| drop(vec![1u8; 1 << 20])) > CAP);
    let refused = |bytes: &[u8]| {
        let held = most_held(|| {
            assert!(Entry::from_bytes(bytes).is_err());
            assert!(decode::<Manifest>(bytes).is_err());
            assert!(decode::<Contest>(bytes).is_err());
        });
        assert!(held < CAP, "{held} bytes held for {} bytes", bytes.len());
    };
    for kind in 0..30 {
        for major in [2, 3, 4, 5] {
            for length in [1 << 20, 1 << 30, 1 << 40, u64::MAX] {
                // As the first field of an entry, and one level down.
                refused(&[&[0x82, kind], head(major, length).as_slice(), &[0; 40]].concat());
                refused(&[&[0x82, kind, 0x82], head(major, length).as_slice(), &[0; 40]].concat());
            }
        }
    }
    // Depth bombs: arrays, maps and tags in one another up to the last byte.
    for nesting in [0x81, 0x9f, 0xa1, 0xc1] {
        refused(&vec![nesting; MAX_ENTRY]);
    }
    // A list of as many empty items as fit.
    refused(&[&[0x82, 0, 0x94], head(4, 60_000).as_slice(), &[0x80; 60_000]].concat());
    refused(&vec![0; MAX_ENTRY + 1]);
    refused(&[]);
}
