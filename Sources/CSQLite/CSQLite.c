#include "CSQLite.h"

#include <malloc.h>
#include <stdlib.h>

int csqlite_set_statement_journal_spill(int bytes)
{
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}

static _Thread_local int64_t held;
static int counts_by_thread;

static void *take(int count)
{
    void *place = malloc((size_t)count);
    held += (int64_t)malloc_usable_size(place);
    return place;
}

static void give_back(void *place)
{
    held -= (int64_t)malloc_usable_size(place);
    free(place);
}

static void *resize(void *place, int count)
{
    int64_t before = (int64_t)malloc_usable_size(place);
    void *resized = realloc(place, (size_t)count);
    if (resized) held += (int64_t)malloc_usable_size(resized) - before;
    return resized;
}

static int size_of(void *place)
{
    return (int)malloc_usable_size(place);
}

static int rounded_up(int count)
{
    return (count + 7) & ~7;
}

static int begin(void *data)
{
    (void)data;
    return SQLITE_OK;
}

static void end(void *data)
{
    (void)data;
}

int csqlite_count_memory_by_thread(void)
{
    static const sqlite3_mem_methods methods = {take, give_back, resize, size_of, rounded_up, begin, end, 0};
    int code = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    if (code == SQLITE_OK) code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    counts_by_thread = code == SQLITE_OK;
    return code;
}

int64_t csqlite_memory_held(void)
{
    return counts_by_thread ? held : sqlite3_memory_used();
}
