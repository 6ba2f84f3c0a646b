#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>
#include <stdint.h>

// How many bytes of a statement journal stay in memory before it becomes a file. (sqlite3_config is variadic, and Swift
// cannot call variadic C functions.) To be called before anything else of SQLite's; later it changes nothing.
int csqlite_set_statement_journal_spill(int bytes);

// Has each thread keep the memory of SQLite's small objects for the next ones, and counts by thread how much they take.
// By itself SQLite counts for the process, under a mutex that threads wait for at every object. To be called before
// anything else of SQLite's but the above; later it changes nothing.
int csqlite_keep_memory_by_thread(void);

// Has what SQLite writes to the log of a database written when it waits for the disk, in connections that are opened
// from now on. So only with PRAGMA synchronous = FULL is a commit in the file when it returns. To be called once.
int csqlite_gather_log_writes(void);

// The bytes that this thread took for SQLite and did not give back, which may be negative; those of the process, if
// SQLite was used before it could be told to count by thread.
int64_t csqlite_memory_held(void);

#endif
