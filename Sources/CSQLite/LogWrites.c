#include "CSQLite.h"

#include <string.h>

// SQLite writes a page to its log in two pieces, and what a commit changed one page after the other, and then waits for
// all of it to be on the disk. Here the pieces are gathered, and written at once when it begins to wait. A file that is
// no log is the system's own.

enum { CAPACITY = 64 << 10 };

typedef struct log_file {
    sqlite3_file base;
    // What is gathered, and where in the file it belongs.
    unsigned char *bytes;
    int count;
    sqlite3_int64 start;
    // The system's file, which stands behind this.
    sqlite3_file *file;
} log_file;

static sqlite3_vfs *system_files;

static int write_gathered(log_file *log)
{
    int count = log->count;
    log->count = 0;
    if (count == 0) return SQLITE_OK;
    return log->file->pMethods->xWrite(log->file, log->bytes, count, log->start);
}

static int log_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 start)
{
    log_file *log = (log_file *)base;
    if (start != log->start + log->count || count > CAPACITY - log->count) {
        int code = write_gathered(log);
        if (code != SQLITE_OK) return code;
        log->start = start;
    }
    if (count > CAPACITY) return log->file->pMethods->xWrite(log->file, bytes, count, start);
    memcpy(log->bytes + log->count, bytes, (size_t)count);
    log->count += count;
    return SQLITE_OK;
}

// Whatever else is asked of the file finds it as if each piece had been written.

static int log_close(sqlite3_file *base)
{
    log_file *log = (log_file *)base;
    int written = write_gathered(log);
    sqlite3_free(log->bytes);
    int closed = log->file->pMethods->xClose(log->file);
    return written != SQLITE_OK ? written : closed;
}

static int log_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 start)
{
    log_file *log = (log_file *)base;
    int code = write_gathered(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xRead(log->file, bytes, count, start);
}

static int log_truncate(sqlite3_file *base, sqlite3_int64 size)
{
    log_file *log = (log_file *)base;
    int code = write_gathered(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xTruncate(log->file, size);
}

static int log_sync(sqlite3_file *base, int flags)
{
    log_file *log = (log_file *)base;
    int code = write_gathered(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xSync(log->file, flags);
}

static int log_size(sqlite3_file *base, sqlite3_int64 *size)
{
    log_file *log = (log_file *)base;
    int code = write_gathered(log);
    return code != SQLITE_OK ? code : log->file->pMethods->xFileSize(log->file, size);
}

static int log_lock(sqlite3_file *base, int kind)
{
    sqlite3_file *file = ((log_file *)base)->file;
    return file->pMethods->xLock(file, kind);
}

static int log_unlock(sqlite3_file *base, int kind)
{
    sqlite3_file *file = ((log_file *)base)->file;
    return file->pMethods->xUnlock(file, kind);
}

static int log_check_reserved_lock(sqlite3_file *base, int *is_reserved)
{
    sqlite3_file *file = ((log_file *)base)->file;
    return file->pMethods->xCheckReservedLock(file, is_reserved);
}

static int log_control(sqlite3_file *base, int operation, void *argument)
{
    sqlite3_file *file = ((log_file *)base)->file;
    return file->pMethods->xFileControl(file, operation, argument);
}

static int log_sector_size(sqlite3_file *base)
{
    sqlite3_file *file = ((log_file *)base)->file;
    return file->pMethods->xSectorSize(file);
}

static int log_characteristics(sqlite3_file *base)
{
    sqlite3_file *file = ((log_file *)base)->file;
    return file->pMethods->xDeviceCharacteristics(file);
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1,
    .xClose = log_close,
    .xRead = log_read,
    .xWrite = log_write,
    .xTruncate = log_truncate,
    .xSync = log_sync,
    .xFileSize = log_size,
    .xLock = log_lock,
    .xUnlock = log_unlock,
    .xCheckReservedLock = log_check_reserved_lock,
    .xFileControl = log_control,
    .xSectorSize = log_sector_size,
    .xDeviceCharacteristics = log_characteristics,
};

static int open_log(const char *name, log_file *log, int flags, int *flags_out)
{
    memset(log, 0, sizeof(log_file));
    unsigned char *bytes = sqlite3_malloc(CAPACITY);
    if (!bytes) return SQLITE_NOMEM;
    log->file = (sqlite3_file *)(log + 1);
    int code = system_files->xOpen(system_files, name, log->file, flags, flags_out);
    if (!log->file->pMethods) {
        sqlite3_free(bytes);
        return code;
    }
    log->bytes = bytes;
    log->base.pMethods = &log_methods;
    return code;
}

static int open_file(sqlite3_vfs *files, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
    (void)files;
    if (flags & SQLITE_OPEN_WAL) return open_log(name, (log_file *)file, flags, flags_out);
    return system_files->xOpen(system_files, name, file, flags, flags_out);
}

int csqlite_gather_log_writes(void)
{
    static sqlite3_vfs files;
    system_files = sqlite3_vfs_find(NULL);
    if (!system_files) return SQLITE_ERROR;
    files = *system_files;
    files.zName = "gathering-log-writes";
    files.szOsFile += (int)sizeof(log_file);
    files.xOpen = open_file;
    files.pNext = NULL;
    return sqlite3_vfs_register(&files, 1);
}
