/*
 * The embedded VDI in a native program: what the parts of the two libraries share. host.c runs a JVM and asks it for COM
 * classes; linux.c and windows.c know the system; com.c and classes.cpp are the faces that clients see.
 *
 * A process that has a JVM already needs no settings, if that one has the classes of sqlvdi.
 *
 * Settings are variables of the environment; on Windows, where a variable is not set, values of HKLM\Software\sqlvdi.
 * Paths may have any letters.
 *
 *   variable             value        meaning
 *   SQLVDI_JAVA_HOME     JavaHome     the folder of a Java 22 or later
 *   SQLVDI_CLASS_PATH    ClassPath    sqlvdi.jar, or the jars or folders of api and bindings
 *   SQLVDI_JAVA_OPTIONS  JavaOptions  more options of the JVM, separated by spaces; they come after this library's own
 *   SQLVDI_LOG           Log          none: no words on stderr; errors (as without it): one line for each refusal of this
 *                                     library itself; all: also warnings of the JVM and of the embedded VDI
 *   SQLVDI_TIMEOUT_UNIT               ms (as without it) or s: the unit of time-outs; libsqlvdi.so only
 */
#ifndef SQLVDI_HOST_H
#define SQLVDI_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define HOST_MODULE_NOT_FOUND ((int32_t) 0x8007007Eu) /* HRESULT_FROM_WIN32(ERROR_MOD_NOT_FOUND) */
#define HOST_CLASS_NOT_FOUND ((int32_t) 0x800401F9u)  /* CO_E_ERRORINDLL */
#define HOST_UNEXPECTED ((int32_t) 0x8000FFFFu)       /* E_UNEXPECTED */
#define HOST_NULL_POINTER ((int32_t) 0x80004003u)     /* E_POINTER */
#define HOST_NO_MEMORY ((int32_t) 0x8007000Eu)        /* E_OUTOFMEMORY */
#define HOST_FORKED ((int32_t) 0x8077000Cu)           /* VD_E_PROTOCOL */
#define HOST_SMALL_STACK ((int32_t) 0x8077000Au)      /* VD_E_MEMORY */

#define HOST_ROOM (3 * 32768) /* the longest variable of Windows, as UTF-8 */

/* What DllGetClassObject answers. Starts the JVM at the first call; any thread that host_may_call accepts. */
int32_t host_get_class_object(const void *clsid, const void *iid, void **ppv);

/*
 * Whether this thread may call Java, also through a vtable: 0, HOST_FORKED, or HOST_SMALL_STACK. Says why not on stderr.
 * The JVM ends the process when a thread of it has no room for its guard pages.
 */
int32_t host_may_call(void);

/* Writes one line on stderr, unless SQLVDI_LOG is none, and gives the result back. */
int32_t host_complain(int32_t result, const char *what, const char *detail);

/* ---- linux.c and windows.c ---- */

#ifdef _WIN32
#define JVM_FILE "\\bin\\server\\jvm.dll"
#define PATH_SEPARATOR ";"
#define NULL_DEVICE "NUL"
#else
#define JVM_FILE "/lib/server/libjvm.so"
#define PATH_SEPARATOR ":"
#define NULL_DEVICE "/dev/null"
#endif

/* The value of a setting as UTF-8, in room of the caller; empty if there is none, or it is longer. */
const char *system_setting(const char *variable, const char *registry_value, char *room, size_t bytes);

/* The library of a JVM that the process has loaded already, whatever its path: it takes one only. NULL if it has none. */
void *system_present_jvm(void);
/* The JVM's library; NULL if it cannot be loaded. */
void *system_open_jvm(const char *path);
/* A function of a library; NULL if it has none. */
void *system_find(void *library, const char *name);
bool system_file_exists(const char *path);

/*
 * Runs a function once in the process, on a thread of its own with a stack of 2 MiB, and waits for it: the calling thread's
 * may be too small for a JVM to start on. false: the thread could not be made. The thread takes no signals.
 */
bool system_run_once(void (*function)(void));
/* Ends the wait of system_run_once from inside of the function, which then never continues. */
void system_abandon(void);

/* Keeps what the client has set up while a JVM starts: locale and signals. */
void system_before_jvm(void);
void system_after_jvm(void);

/* Bytes of this thread's stack below the caller; cheap after the first call of a thread. */
size_t system_stack_left(void);
/* Whether this process is a child by fork of one that had called system_run_once. */
bool system_is_forked(void);

#ifdef __cplusplus
}
#endif

#endif
