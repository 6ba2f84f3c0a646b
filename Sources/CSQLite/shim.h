#include <sqlite3.h>

// sqlite3_config and sqlite3_db_config are variadic, and Swift cannot call variadic C functions.

// How many bytes of a statement journal stay in memory before it becomes a file.
static inline int csqlite_set_statement_journal_spill(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}

// The memory of the slots comes from SQLite itself.
static inline int csqlite_set_lookaside(sqlite3 *connection, int slot_bytes, int slots) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_LOOKASIDE, (void *)0, slot_bytes, slots);
}

// So is sqlite3_config: how many bytes of a statement journal stay in memory before it becomes a file.
static inline int csqlite_set_statement_journal_spill(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}
