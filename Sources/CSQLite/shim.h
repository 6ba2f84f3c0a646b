#include <sqlite3.h>

// sqlite3_db_config is variadic, and Swift cannot call variadic C functions. The memory comes from SQLite itself.
static inline int csqlite_set_lookaside(sqlite3 *connection, int slot_bytes, int slots) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_LOOKASIDE, (void *)0, slot_bytes, slots);
}
