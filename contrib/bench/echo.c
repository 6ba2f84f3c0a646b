/* The floor of every server on a Unix socket: answers each line with a line of the same size every time, looks at
 * nothing else, and keeps nothing.
 *
 *   echo SOCKET BYTES
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BATCH = 256, EVENTS = 64, INPUT = 65536, DESCRIPTORS = 4096 };

static char *replies;        /* BATCH replies, one after the other */
static size_t reply_size;
static size_t owed[DESCRIPTORS]; /* bytes that a connection has yet to be sent */

static void die(const char *call)
{
    perror(call);
    exit(1);
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        die(path);
    }
    strcpy(address.sun_path, path);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (descriptor < 0 || bind(descriptor, (struct sockaddr *)&address, sizeof address) < 0 ||
        listen(descriptor, 128) < 0)
        die(path);
    return descriptor;
}

static size_t count_lines(const char *bytes, size_t count)
{
    size_t lines = 0;
    for (const char *end; (end = memchr(bytes, '\n', count)); lines++) {
        count -= (size_t)(end + 1 - bytes);
        bytes = end + 1;
    }
    return lines;
}

/* Sends what is owed as far as the socket takes it; 0 if the connection is gone. */
static int pay(int descriptor)
{
    while (owed[descriptor] > 0) {
        size_t start = (BATCH * reply_size - owed[descriptor] % reply_size) % reply_size;
        size_t room = BATCH * reply_size - start;
        ssize_t sent = write(descriptor, replies + start, owed[descriptor] < room ? owed[descriptor] : room);
        if (sent < 0)
            return errno == EAGAIN;
        owed[descriptor] -= (size_t)sent;
    }
    return 1;
}

static int serve(int descriptor)
{
    static char input[INPUT];
    ssize_t count = read(descriptor, input, sizeof input);
    if (count < 0)
        return errno == EAGAIN;
    owed[descriptor] += count_lines(input, (size_t)count) * reply_size;
    return count > 0 && pay(descriptor);
}

/* Waits for input, and for room as long as something is owed. */
static void await(int poller, int descriptor, int operation)
{
    struct epoll_event interest = {.events = EPOLLIN, .data.fd = descriptor};
    if (owed[descriptor] > 0)
        interest.events |= EPOLLOUT;
    if (epoll_ctl(poller, operation, descriptor, &interest) < 0)
        die("epoll_ctl");
}

static void admit(int poller, int listener)
{
    int descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (descriptor < 0 || descriptor >= DESCRIPTORS)
        die("accept");
    owed[descriptor] = 0;
    await(poller, descriptor, EPOLL_CTL_ADD);
}

int main(int count, char **arguments)
{
    if (count != 3 || (reply_size = strtoul(arguments[2], NULL, 10)) == 0) {
        fprintf(stderr, "usage: %s SOCKET BYTES\n", arguments[0]);
        return 64;
    }
    signal(SIGPIPE, SIG_IGN);
    replies = malloc(BATCH * reply_size);
    if (!replies)
        die("malloc");
    memset(replies, 'x', BATCH * reply_size);
    for (size_t reply = 1; reply <= BATCH; reply++)
        replies[reply * reply_size - 1] = '\n';

    int listener = listen_at(arguments[1]);
    int poller = epoll_create1(0);
    struct epoll_event events[EVENTS], interest = {.events = EPOLLIN, .data.fd = listener};
    if (poller < 0 || epoll_ctl(poller, EPOLL_CTL_ADD, listener, &interest) < 0)
        die("epoll");
    for (;;) {
        int ready = epoll_wait(poller, events, EVENTS, -1);
        for (int place = 0; place < ready; place++) {
            int descriptor = events[place].data.fd;
            if (descriptor == listener) {
                admit(poller, listener);
                continue;
            }
            size_t owed_before = owed[descriptor];
            if (!(pay(descriptor) && serve(descriptor)))
                close(descriptor);
            else if ((owed_before > 0) != (owed[descriptor] > 0))
                await(poller, descriptor, EPOLL_CTL_MOD);
        }
    }
}
