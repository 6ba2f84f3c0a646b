#include "CSQLite.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// SQLite asks for many small objects and soon gives them back. It can keep slots for them by itself, which Debian leaves
// out (SQLITE_OMIT_LOOKASIDE). So every thread keeps here what it was given back, and waits for no other thread.

// Sizes of slots: 64 bytes, then four to each doubling, up to 4096.
enum { SIZES = 25, LARGEST = 4096 };

// What a thread keeps of each size. Nothing where use after it was given back is looked for.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define KEPT_BYTES 0
#endif
#endif
#ifndef KEPT_BYTES
#define KEPT_BYTES (16 << 10)
#endif

// Stands before an object, and leaves it aligned for anything.
typedef struct slot {
    size_t bytes;
    struct slot *next;
} slot;

typedef struct kept_slots {
    slot *first;
    size_t bytes;
} kept_slots;

static _Thread_local kept_slots kept[SIZES];
static _Thread_local int64_t held;
static pthread_key_t at_end_of_thread;
static int counts_by_thread;

static int number_of(size_t bytes)
{
    if (bytes <= 64) return 0;
    int doublings = 63 - __builtin_clzl(bytes - 1);
    return 4 * (doublings - 6) + (int)((bytes - 1) >> (doublings - 2)) - 3;
}

static size_t bytes_of(int number)
{
    if (number == 0) return 64;
    return (size_t)(5 + (number - 1) % 4) << (4 + (number - 1) / 4);
}

static size_t rounded_up(size_t bytes)
{
    return bytes <= LARGEST ? bytes_of(number_of(bytes)) : bytes;
}

static slot *take_kept(size_t bytes)
{
    if (bytes > LARGEST) return NULL;
    kept_slots *same = &kept[number_of(bytes)];
    slot *taken = same->first;
    if (!taken) return NULL;
    same->first = taken->next;
    same->bytes -= bytes;
    return taken;
}

static int keep(slot *given)
{
    if (given->bytes > LARGEST) return 0;
    kept_slots *same = &kept[number_of(given->bytes)];
    if (same->bytes + given->bytes > KEPT_BYTES) return 0;
    if (!same->first && pthread_setspecific(at_end_of_thread, kept) != 0) return 0;
    given->next = same->first;
    same->first = given;
    same->bytes += given->bytes;
    return 1;
}

static void free_kept(void *unused)
{
    (void)unused;
    for (int number = 0; number < SIZES; number++) {
        slot *next = kept[number].first;
        kept[number] = (kept_slots){0};
        while (next) {
            slot *first = next;
            next = first->next;
            free(first);
        }
    }
}

static void *take(int count)
{
    size_t bytes = rounded_up((size_t)count);
    slot *taken = take_kept(bytes);
    if (!taken) {
        taken = malloc(sizeof(slot) + bytes);
        if (!taken) return NULL;
        taken->bytes = bytes;
    }
    held += (int64_t)bytes;
    return taken + 1;
}

static void give_back(void *place)
{
    slot *given = (slot *)place - 1;
    held -= (int64_t)given->bytes;
    if (!keep(given)) free(given);
}

static int size_of(void *place)
{
    return (int)((slot *)place - 1)->bytes;
}

static void *resize_large(slot *old, size_t bytes)
{
    size_t before = old->bytes;
    slot *resized = realloc(old, sizeof(slot) + bytes);
    if (!resized) return NULL;
    resized->bytes = bytes;
    held += (int64_t)bytes - (int64_t)before;
    return resized + 1;
}

static void *resize(void *place, int count)
{
    slot *old = (slot *)place - 1;
    if (old->bytes > LARGEST && count > LARGEST) return resize_large(old, (size_t)count);
    void *resized = take(count);
    if (!resized) return NULL;
    memcpy(resized, place, old->bytes < (size_t)count ? old->bytes : (size_t)count);
    give_back(place);
    return resized;
}

static int size_that_is_given(int count)
{
    return (int)rounded_up(((size_t)count + 7) & ~(size_t)7);
}

static int begin(void *data)
{
    (void)data;
    return pthread_key_create(&at_end_of_thread, free_kept) == 0 ? SQLITE_OK : SQLITE_NOMEM;
}

static void end(void *data)
{
    (void)data;
    pthread_key_delete(at_end_of_thread);
}

int csqlite_keep_memory_by_thread(void)
{
    static const sqlite3_mem_methods methods = {
        take, give_back, resize, size_of, size_that_is_given, begin, end, NULL};
    int code = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
    if (code == SQLITE_OK) code = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    counts_by_thread = code == SQLITE_OK;
    return code;
}

int64_t csqlite_memory_held(void)
{
    return counts_by_thread ? held : sqlite3_memory_used();
}
