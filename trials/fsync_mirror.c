/* A disk whose power can be cut, and that can be full, for a process started with LD_PRELOAD.

   TRIAL_DISK is the folder of a database. After each successful fsync of a file in it, and before
   the caller hears of it, the whole file is copied to TRIAL_MIRROR: so there each file is as it
   surely was on the disk. A file that was deleted stays there, and one that was cut short stays as
   long as it was, until the next fsync: neither is on the disk any sooner. While the file
   TRIAL_FULL exists, nothing can be written in the folder. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(result, name, ...) \
  static result (*real)(__VA_ARGS__); \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

static ssize_t really_write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return real(fd, data, size);
}

/* The name of an open file, if it lies in TRIAL_DISK itself and is not deleted. */
static const char *name_on_disk(int fd, char *path) {
  const char *disk = getenv("TRIAL_DISK");
  char link[64];
  struct stat about;
  if (!disk || fstat(fd, &about) || !S_ISREG(about.st_mode) || !about.st_nlink) return NULL;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return NULL;
  path[length] = 0;
  size_t prefix = strlen(disk);
  if (strncmp(path, disk, prefix) || path[prefix] != '/') return NULL;
  const char *name = path + prefix + 1;
  return strchr(name, '/') ? NULL : name;
}

static int is_full(int fd) {
  const char *flag = getenv("TRIAL_FULL");
  char path[PATH_MAX];
  int before = errno;
  int full = flag && !access(flag, F_OK) && name_on_disk(fd, path);
  errno = full ? ENOSPC : before;
  return full;
}

/* Copies by the descriptor the caller has: closing another one of the same file would release the
   locks that the caller holds on it. */
static int copy(int from, const char *to) {
  static __thread char block[1 << 16];
  char new[PATH_MAX + 8];
  ssize_t size;
  off_t at = 0;
  snprintf(new, sizeof new, "%s.new", to);
  int target = open(new, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (target < 0) return -1;
  while ((size = pread(from, block, sizeof block, at)) > 0) {
    if (really_write(target, block, size) != size) size = -1;
    if (size < 0) break;
    at += size;
  }
  if (close(target) || size < 0) return -1;
  return rename(new, to);
}

/* One at a time for each file, so that an older copy never takes the place of a newer one. */
static int synced(int fd, int (*sync)(int)) {
  const char *mirror = getenv("TRIAL_MIRROR");
  char path[PATH_MAX], to[PATH_MAX], lock[PATH_MAX + 8];
  const char *name = mirror ? name_on_disk(fd, path) : NULL;
  if (!name) return sync(fd);
  if (snprintf(to, sizeof to, "%s/%s", mirror, name) >= (int)sizeof to) return -1;
  snprintf(lock, sizeof lock, "%s.lock", to);
  int guard = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (guard < 0 || flock(guard, LOCK_EX)) return -1;
  int result = sync(fd);
  if (!result) result = copy(fd, to);
  int fault = errno;
  close(guard);
  errno = fault;
  return result;
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  return synced(fd, real);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return synced(fd, real);
}

ssize_t write(int fd, const void *data, size_t size) {
  return is_full(fd) ? -1 : really_write(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  return is_full(fd) ? -1 : real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  return is_full(fd) ? -1 : real(fd, data, size, at);
}

int ftruncate(int fd, off_t size) {
  REAL(int, "ftruncate", int, off_t);
  return is_full(fd) ? -1 : real(fd, size);
}

int ftruncate64(int fd, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  return is_full(fd) ? -1 : real(fd, size);
}
