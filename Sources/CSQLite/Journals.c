#include "CSQLite.h"

int csqlite_set_statement_journal_spill(int bytes)
{
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}
