/* Writes down, in order, everything a program does to the files below one folder, and what it says: what a disk that
 * loses power may or may not have kept. Loaded before the program with LD_PRELOAD; never shipped.
 *
 * HALLWAY_RECORD   the file to write to
 * HALLWAY_BELOW    the folder that is watched, as an absolute path
 *
 * A record is one line, followed by its bytes where it has any:
 *   make FD PATH       a file that was not there was made and opened      open FD PATH     one that was there was opened
 *   write FD AT SIZE\n BYTES                                              cut FD SIZE      its length was set
 *   sync FD            fsync, fdatasync                                   close FD
 *   move FROM TO       rename                                             gone PATH        unlink
 *   folder PATH        mkdir                                              say SIZE\n BYTES what it wrote to its output
 *   cannot WHAT        something this file does not follow: the proof fails rather than proving too little
 * Paths are the last word of their line, two of them are separated by a tab. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FDS 4096
static int out = -1;
static const char *below;
static char watched[FDS];
static pthread_mutex_t held = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *to = getenv("HALLWAY_RECORD");
  below = getenv("HALLWAY_BELOW");
  if (to && below) out = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t n = syscall(SYS_write, out, at, size);
    if (n < 0) abort();
    at += n;
    size -= (size_t)n;
  }
}

static void note(const char *format, ...) {
  char line[9000];
  va_list words;
  va_start(words, format);
  int size = vsnprintf(line, sizeof line, format, words);
  va_end(words);
  if (size < 0 || (size_t)size >= sizeof line) abort();
  put(line, (size_t)size);
}

static int is_below(const char *path) { return out >= 0 && path && below && strncmp(path, below, strlen(below)) == 0; }
static int is_watched(int fd) { return out >= 0 && fd >= 0 && fd < FDS && watched[fd]; }
static void cannot(const char *what, const char *path) { if (is_below(path)) note("cannot %s\n", what); }

static int opened(int fd, const char *path, int was_there, int flags) {
  if (fd < 0) return fd;
  if (fd >= FDS) abort();
  watched[fd] = (char)is_below(path);
  if (watched[fd]) {
    note("%s %d %s\n", was_there ? "open" : "make", fd, path);
    if (was_there && (flags & O_TRUNC)) note("cut %d 0\n", fd);
  }
  return fd;
}

#define OPEN(name)                                                                       \
  int name(const char *path, int flags, ...) {                                           \
    va_list more;                                                                        \
    va_start(more, flags);                                                               \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;              \
    va_end(more);                                                                        \
    pthread_mutex_lock(&held);                                                           \
    int there = is_below(path) && access(path, F_OK) == 0;                               \
    int fd = opened(REAL(name)(path, flags, mode), path, there, flags), kept = errno;    \
    pthread_mutex_unlock(&held);                                                         \
    errno = kept;                                                                        \
    return fd;                                                                           \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                     \
  int name(int folder, const char *path, int flags, ...) {                               \
    va_list more;                                                                        \
    va_start(more, flags);                                                               \
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;              \
    va_end(more);                                                                        \
    pthread_mutex_lock(&held);                                                           \
    int there = is_below(path) && access(path, F_OK) == 0;                               \
    int fd = opened(REAL(name)(folder, path, flags, mode), path, there, flags), kept = errno; \
    pthread_mutex_unlock(&held);                                                         \
    errno = kept;                                                                        \
    return fd;                                                                           \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  pthread_mutex_lock(&held);
  if (is_watched(fd)) {
    note("close %d\n", fd);
    watched[fd] = 0;
  }
  int done = REAL(close)(fd), kept = errno;
  pthread_mutex_unlock(&held);
  errno = kept;
  return done;
}

static void wrote(int fd, const void *bytes, ssize_t size, off64_t at) {
  if (size <= 0) return;
  if (fd == 1 && out >= 0) note("say %zd\n", size);
  else if (is_watched(fd)) note("write %d %lld %zd\n", fd, (long long)at, size);
  else return;
  put(bytes, (size_t)size);
}

static off64_t place(int fd) {
  if (!is_watched(fd)) return 0;
  return lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t size) {
  pthread_mutex_lock(&held);
  off64_t at = place(fd);
  ssize_t done = REAL(write)(fd, bytes, size);
  int kept = errno;
  wrote(fd, bytes, done, at);
  pthread_mutex_unlock(&held);
  errno = kept;
  return done;
}

#define PWRITE(name, offset)                                                             \
  ssize_t name(int fd, const void *bytes, size_t size, offset at) {                      \
    pthread_mutex_lock(&held);                                                           \
    ssize_t done = REAL(name)(fd, bytes, size, at);                                      \
    int kept = errno;                                                                    \
    wrote(fd, bytes, done, at);                                                          \
    pthread_mutex_unlock(&held);                                                         \
    errno = kept;                                                                        \
    return done;                                                                         \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t writev(int fd, const struct iovec *parts, int count) {
  pthread_mutex_lock(&held);
  off64_t at = place(fd);
  ssize_t done = REAL(writev)(fd, parts, count), left = done;
  int kept = errno;
  for (int n = 0; n < count && left > 0; n++) {
    ssize_t size = (ssize_t)parts[n].iov_len < left ? (ssize_t)parts[n].iov_len : left;
    wrote(fd, parts[n].iov_base, size, at);
    at += size;
    left -= size;
  }
  pthread_mutex_unlock(&held);
  errno = kept;
  return done;
}

#define ON_FD(type, name, params, call, line)                                            \
  type name params {                                                                     \
    pthread_mutex_lock(&held);                                                           \
    type done = REAL(name) call;                                                         \
    int kept = errno;                                                                    \
    if (done == 0 && is_watched(fd)) line;                                               \
    pthread_mutex_unlock(&held);                                                         \
    errno = kept;                                                                        \
    return done;                                                                         \
  }
ON_FD(int, ftruncate, (int fd, off_t size), (fd, size), note("cut %d %lld\n", fd, (long long)size))
ON_FD(int, ftruncate64, (int fd, off64_t size), (fd, size), note("cut %d %lld\n", fd, (long long)size))
ON_FD(int, fsync, (int fd), (fd), note("sync %d\n", fd))
ON_FD(int, fdatasync, (int fd), (fd), note("sync %d\n", fd))
ON_FD(int, posix_fallocate, (int fd, off_t at, off_t size), (fd, at, size), note("cannot posix_fallocate\n"))
ON_FD(int, fallocate, (int fd, int mode, off_t at, off_t size), (fd, mode, at, size), note("cannot fallocate\n"))

#define ON_PATH(name, params, call, path, line)                                          \
  int name params {                                                                      \
    pthread_mutex_lock(&held);                                                           \
    int done = REAL(name) call, kept = errno;                                            \
    if (done == 0 && is_below(path)) line;                                               \
    pthread_mutex_unlock(&held);                                                         \
    errno = kept;                                                                        \
    return done;                                                                         \
  }
ON_PATH(rename, (const char *from, const char *to), (from, to), from, note("move %s\t%s\n", from, to))
ON_PATH(unlink, (const char *path), (path), path, note("gone %s\n", path))
ON_PATH(mkdir, (const char *path, mode_t mode), (path, mode), path, note("folder %s\n", path))
ON_PATH(rmdir, (const char *path), (path), path, cannot("rmdir", path))
ON_PATH(truncate, (const char *path, off_t size), (path, size), path, cannot("truncate", path))
ON_PATH(link, (const char *from, const char *to), (from, to), from, note("link %s\t%s\n", from, to))
ON_PATH(symlink, (const char *from, const char *to), (from, to), to, cannot("symlink", to))
ON_PATH(unlinkat, (int folder, const char *path, int flags), (folder, path, flags), path, cannot("unlinkat", path))
ON_PATH(renameat, (int a, const char *from, int b, const char *to), (a, from, b, to), from, cannot("renameat", from))
ON_PATH(linkat, (int a, const char *from, int b, const char *to, int flags), (a, from, b, to, flags), from, note("link %s\t%s\n", from, to))

ssize_t copy_file_range(int in, off64_t *from, int fd, off64_t *to, size_t size, unsigned flags) {
  if (is_watched(fd)) note("cannot copy_file_range\n");
  return REAL(copy_file_range)(in, from, fd, to, size, flags);
}
ssize_t sendfile64(int fd, int in, off64_t *from, size_t size);
ssize_t sendfile64(int fd, int in, off64_t *from, size_t size) {
  if (is_watched(fd)) note("cannot sendfile\n");
  return REAL(sendfile64)(fd, in, from, size);
}
