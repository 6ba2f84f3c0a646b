// Conventions of every migration:
//
// - An id is a BLOB of its 12 bytes: half the size of its 24 digits in every index, and bytes compare as ids do.
//   In a shell, `hex(id)` shows it and `x'…'` writes it.
// - A time is an INTEGER: microseconds since 1970, UTC.
// - Lists and objects that nothing searches in are JSON text.
// - A CHECK says what the Swift types say, so that no row exists which they cannot hold. `IS` rather than `=`
//   where a column may be NULL, because a CHECK whose value is NULL passes.

/// The tables of the state.
enum StateSchema {
    /// Marks the file as ours: `fntd` in ASCII.
    static let applicationID = 0x666E_7464
}
