//! The product with AMX: tiles of 16 × 16 sums, with a depth of 64 in one instruction.
//!
//! The intrinsics are not in stable Rust, so this is assembly. A process must ask Linux for permission before
//! it uses tiles, so that their state is saved when threads are switched.

use std::arch::asm;
use std::marker::PhantomData;

use super::Sums;
use super::step::{Extent, HALF, Step};

/// Steps from which prefetching the next columns pays; attention has fewer, and its columns are in the cache.
const LONG: usize = 5;

/// The shape of the eight tiles, as `ldtilecfg` reads it.
#[repr(C, align(64))]
struct Shape {
    palette: u8,
    start_row: u8,
    reserved: [u8; 14],
    bytes_in_a_row: [u16; 16],
    rows: [u8; 16],
}

static SHAPE: Shape = Shape {
    palette: 1,
    start_row: 0,
    reserved: [0; 14],
    bytes_in_a_row: [64, 64, 64, 64, 64, 64, 64, 64, 0, 0, 0, 0, 0, 0, 0, 0],
    rows: [16, 16, 16, 16, 16, 16, 16, 16, 0, 0, 0, 0, 0, 0, 0, 0],
};

/// This thread's tiles, configured for the product until this is dropped.
pub(super) struct Tiles {
    /// Tiles belong to their thread.
    not_send: PhantomData<*const ()>,
}

impl Tiles {
    /// Configures this thread's tiles.
    ///
    /// # Safety
    /// The instruction set [`InstructionSet::Amx`](same_bits::InstructionSet) must be available in this
    /// process.
    #[expect(unsafe_code, reason = "assembly")]
    pub(super) unsafe fn new() -> Self {
        // SAFETY: the machine has the instruction, and palette 1 allows this shape.
        unsafe { asm!("ldtilecfg [{}]", in(reg) &raw const SHAPE, options(nostack, readonly)) };
        Self { not_send: PhantomData }
    }

    /// Writes the sums of products of 32 rows and 32 columns into `sums`, without the halves that are not
    /// wanted, because the tile unit limits the speed of a core that two threads share. The next 32 columns,
    /// which follow in memory, are prefetched meanwhile: the hardware prefetcher would be too late.
    #[expect(unsafe_code, reason = "assembly")]
    #[expect(clippy::unused_self, reason = "the tiles must have been configured")]
    pub(super) fn multiply(&self, rows: &[Step], columns: &[Step], extent: Extent, sums: &mut Sums) {
        /// Flags of the assembly.
        const RIGHT: usize = 1;
        const LOWER: usize = 2;
        const NEXT: usize = 4;
        let steps = rows.len().min(columns.len());
        if steps == 0 {
            *sums = Sums([[0; super::TILE]; super::TILE]);
            return;
        }
        let mut parts = 0;
        for (part, wanted) in
            [(RIGHT, extent.columns > HALF), (LOWER, extent.rows > HALF), (NEXT, steps >= LONG)]
        {
            parts |= if wanted { part } else { 0 };
        }
        // SAFETY: the tiles are configured while `self` lives. A step of rows or columns is two tiles of 16
        // rows of 64 bytes, and both slices have at least `steps` steps of 2048 bytes. The sums are four
        // tiles of 16 rows, 128 bytes apart. Only the tiles that are named below are changed; a prefetch
        // beyond the end has no effect.
        unsafe {
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "2:",
                "tileloadd tmm4, [{rows} + {line}]",
                "tileloadd tmm6, [{columns} + {line}]",
                "tdpbusd tmm0, tmm4, tmm6",
                "test {parts}, {next}",
                "jz 4f",
                ".irp place, 0, 64, 128, 192, 256, 320, 384, 448, 512, 576, 640, 704, 768, 832, 896, 960",
                "prefetcht0 [{columns} + {ahead} + \\place]",
                ".endr",
                "4:",
                "test {parts}, {right}",
                "jz 3f",
                "tileloadd tmm7, [{columns} + {line} + 1024]",
                "tdpbusd tmm1, tmm4, tmm7",
                "3:",
                "test {parts}, {next}",
                "jz 4f",
                ".irp place, 1024, 1088, 1152, 1216, 1280, 1344, 1408, 1472, 1536, 1600, 1664, 1728, 1792, 1856, 1920, 1984",
                "prefetcht0 [{columns} + {ahead} + \\place]",
                ".endr",
                "4:",
                "test {parts}, {lower}",
                "jz 3f",
                "tileloadd tmm5, [{rows} + {line} + 1024]",
                "tdpbusd tmm2, tmm5, tmm6",
                "test {parts}, {right}",
                "jz 3f",
                "tdpbusd tmm3, tmm5, tmm7",
                "3:",
                "add {rows}, 2048",
                "add {columns}, 2048",
                "dec {steps}",
                "jnz 2b",
                "tilestored [{sums} + {pair}], tmm0",
                "tilestored [{sums} + {pair} + 64], tmm1",
                "test {parts}, {lower}",
                "jz 3f",
                "tilestored [{sums} + {pair} + 2048], tmm2",
                "tilestored [{sums} + {pair} + 2112], tmm3",
                "3:",
                rows = inout(reg) rows.as_ptr() => _,
                columns = inout(reg) columns.as_ptr() => _,
                steps = inout(reg) steps => _,
                parts = in(reg) parts,
                right = const RIGHT,
                lower = const LOWER,
                next = const NEXT,
                ahead = in(reg) steps * 2048,
                line = in(reg) 64_usize,
                pair = in(reg) 128_usize,
                sums = in(reg) &raw mut *sums,
                out("tmm0") _,
                out("tmm1") _,
                out("tmm2") _,
                out("tmm3") _,
                out("tmm4") _,
                out("tmm5") _,
                out("tmm6") _,
                out("tmm7") _,
                options(nostack),
            );
        }
    }
}

impl Drop for Tiles {
    #[expect(unsafe_code, reason = "assembly")]
    fn drop(&mut self) {
        // SAFETY: `new` configured the tiles; releasing them spares the system from saving their state.
        unsafe {
            asm!("tilerelease", out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _, options(nostack));
        };
    }
}
