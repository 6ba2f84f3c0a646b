#include <sqlite3.h>

/* sqlite3_config(), which is variadic: how many bytes of a statement journal stay in memory before it becomes a file. */
static inline int set_statement_journal_spill(int bytes)
{
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}
