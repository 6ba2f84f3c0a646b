#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* sched_setattr(2), which C libraries lack: for the calling thread, an ordinary one with this niceness. From Linux
 * 6.12 on, it runs for so many nanoseconds at a time before others have their turn. */
static inline long set_thread_scheduling(int32_t nice, uint64_t slice_nanoseconds)
{
    struct {
        uint32_t size, policy;
        uint64_t flags;
        int32_t nice;
        uint32_t priority;
        uint64_t runtime, deadline, period;
    } attributes = {.size = sizeof attributes, .nice = nice, .runtime = slice_nanoseconds};
    return syscall(SYS_sched_setattr, 0, &attributes, 0);
}
