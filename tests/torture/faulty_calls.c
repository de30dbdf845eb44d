/* A disk that fails: preloaded into a process, it lets the n-th call that writes below a folder fail.
 *
 * faults_arm() says below which folder, which call, with which error, and whether all later ones fail as well.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long failing_call;
static int error_number;
static int fails_ever_after;
static atomic_long calls;
static atomic_int is_armed;

void faults_arm(const char *below, long call, int error, int ever_after) {
    strncpy(folder, below, sizeof folder - 1);
    failing_call = call;
    error_number = error;
    fails_ever_after = ever_after;
    atomic_store(&calls, 0);
    atomic_store(&is_armed, 1);
}

/* Returns how many calls there were. */
long faults_disarm(void) {
    atomic_store(&is_armed, 0);
    return atomic_load(&calls);
}

static int fails(int descriptor) {
    char link[64], path[PATH_MAX];
    if (!atomic_load(&is_armed))
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0)
        return 0;
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (call != failing_call && !(fails_ever_after && call > failing_call))
        return 0;
    errno = error_number;
    return 1;
}

#define FAILING(result, name, parameters, arguments)                         \
    result name parameters {                                                 \
        static result(*next) parameters;                                     \
        if (!next)                                                           \
            next = (result(*) parameters)dlsym(RTLD_NEXT, #name);            \
        return fails(descriptor) ? -1 : next arguments;                      \
    }

FAILING(ssize_t, write, (int descriptor, const void *data, size_t size), (descriptor, data, size))
FAILING(ssize_t, pwrite, (int descriptor, const void *data, size_t size, off_t at), (descriptor, data, size, at))
FAILING(ssize_t, pwrite64, (int descriptor, const void *data, size_t size, off64_t at), (descriptor, data, size, at))
FAILING(int, ftruncate, (int descriptor, off_t size), (descriptor, size))
FAILING(int, ftruncate64, (int descriptor, off64_t size), (descriptor, size))
FAILING(int, fsync, (int descriptor), (descriptor))
FAILING(int, fdatasync, (int descriptor), (descriptor))
