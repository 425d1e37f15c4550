/* What host.c needs of Linux. */
#define _GNU_SOURCE /* pthread_getattr_np */
#include "host.h"

#include <dlfcn.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define JVM_STACK (2u << 20)

const char *system_setting(const char *variable, const char *registry_value, char *room, size_t bytes) {
    (void) registry_value;
    const char *value = getenv(variable);
    room[0] = '\0';
    if (value != NULL && strlen(value) < bytes) {
        strcpy(room, value);
    }
    return room;
}

void *system_present_jvm(void) {
    return dlopen("libjvm.so", RTLD_NOW | RTLD_NOLOAD);
}

void *system_open_jvm(const char *path) {
    return dlopen(path, RTLD_NOW | RTLD_GLOBAL);
}

void *system_find(void *library, const char *name) {
    return dlsym(library, name);
}

bool system_file_exists(const char *path) {
    return access(path, R_OK) == 0;
}

/* ---- the first call, and forks after it ---- */

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t done_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t done_changed = PTHREAD_COND_INITIALIZER;
static bool done;
static void (*to_run)(void);
static bool has_thread;
static volatile bool forked;

static void in_child(void) {
    forked = true;
}

static void announce_end(void) {
    pthread_mutex_lock(&done_lock);
    done = true;
    pthread_cond_broadcast(&done_changed);
    pthread_mutex_unlock(&done_lock);
}

static void *run(void *argument) {
    (void) argument;
    to_run();
    announce_end();
    return NULL;
}

/* The JVM's threads inherit the mask: signals that are sent to the process go to threads of the client, as before. */
static void run_on_own_thread(void) {
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_atfork(NULL, NULL, in_child);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, JVM_STACK);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    has_thread = pthread_create(&thread, &attributes, run, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    if (has_thread) {
        pthread_mutex_lock(&done_lock);
        while (!done) {
            pthread_cond_wait(&done_changed, &done_lock);
        }
        pthread_mutex_unlock(&done_lock);
    }
}

bool system_run_once(void (*function)(void)) {
    to_run = function;
    pthread_once(&once, run_on_own_thread);
    return has_thread;
}

void system_abandon(void) {
    announce_end();
    for (;;) {
        pause();
    }
}

bool system_is_forked(void) {
    return forked;
}

/* ---- what the client has set up ---- */

/* Java sets the process's locale to that of the environment. setlocale knows no other way than to set it back. */
static char *locale_before;

/*
 * A JVM's handlers pass signals on to those that it found, but for these two. It wants SIGUSR2 for tools that sample its
 * threads, and SIGCHLD for processes that it starts: none does here.
 */
static const int taken[] = {SIGUSR2, SIGCHLD};
#define TAKEN (sizeof taken / sizeof taken[0])
static struct sigaction taken_before[TAKEN];

void system_before_jvm(void) {
    const char *present = setlocale(LC_ALL, NULL);
    locale_before = present == NULL ? NULL : strdup(present);
    for (size_t i = 0; i < TAKEN; i++) {
        sigaction(taken[i], NULL, &taken_before[i]);
    }
}

void system_after_jvm(void) {
    if (locale_before != NULL) {
        setlocale(LC_ALL, locale_before);
        free(locale_before);
        locale_before = NULL;
    }
    for (size_t i = 0; i < TAKEN; i++) {
        if ((taken_before[i].sa_flags & SA_SIGINFO) != 0 || taken_before[i].sa_handler != SIG_DFL) {
            sigaction(taken[i], &taken_before[i], NULL);
        }
    }
}

/* ---- stacks ---- */

static _Thread_local uintptr_t stack_floor;

size_t system_stack_left(void) {
    char here;
    if (stack_floor == 0) {
        pthread_attr_t attributes;
        void *lowest = NULL;
        size_t bytes = 0;
        if (pthread_getattr_np(pthread_self(), &attributes) != 0) {
            return SIZE_MAX;
        }
        pthread_attr_getstack(&attributes, &lowest, &bytes);
        pthread_attr_destroy(&attributes);
        stack_floor = (uintptr_t) lowest;
    }
    /* A coroutine's stack, below or above the thread's own, has bounds that cannot be known. */
    return (uintptr_t) &here < stack_floor ? SIZE_MAX : (uintptr_t) &here - stack_floor;
}
