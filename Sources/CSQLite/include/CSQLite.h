#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>
#include <stdint.h>

// sqlite3_config is variadic, and Swift cannot call variadic C functions.

// How many bytes of a statement journal stay in memory before it becomes a file.
int csqlite_set_statement_journal_spill(int bytes);

// Has SQLite count its memory by thread. By itself it counts it for the process, under a mutex that threads wait for at
// every object. To be called before anything else of SQLite's; later it changes nothing.
int csqlite_count_memory_by_thread(void);

// The bytes that this thread took for SQLite and did not give back, which may be negative; those of the process, if
// SQLite was used before it could be told to count by thread.
int64_t csqlite_memory_held(void);

#endif
