//! Memory.
/// x
pub struct MemoryStore;
