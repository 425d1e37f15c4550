/* What host.c needs of Windows. Text is UTF-8 in host.c, and converted from and to UTF-16 here. */
#define _WIN32_WINNT 0x0602 /* GetCurrentThreadStackLimits, Windows 8 */
#define WIN32_LEAN_AND_MEAN /* without the declarations of COM, whose types are others than these */
#include "host.h"

#include <locale.h>
#include <string.h>
#include <stdlib.h>
#include <windows.h>

#define WIDE_ROOM 32768 /* the longest variable that Windows has, in UTF-16 */
#define NAME_ROOM 64
#define JVM_STACK (2u << 20)

/* Whether the variable, or else the value of the registry, is there and fits. */
static bool read_setting(const char *variable, const char *registry_value, wchar_t *wide) {
    wchar_t name[NAME_ROOM];
    DWORD bytes = WIDE_ROOM * sizeof *wide;
    MultiByteToWideChar(CP_UTF8, 0, variable, -1, name, NAME_ROOM);
    DWORD length = GetEnvironmentVariableW(name, wide, WIDE_ROOM);
    if (length > 0 && length < WIDE_ROOM) {
        return true;
    }
    MultiByteToWideChar(CP_UTF8, 0, registry_value, -1, name, NAME_ROOM);
    return RegGetValueW(HKEY_LOCAL_MACHINE, L"Software\\sqlvdi", name, RRF_RT_REG_SZ, NULL, wide, &bytes)
        == ERROR_SUCCESS;
}

const char *system_setting(const char *variable, const char *registry_value, char *room, size_t bytes) {
    wchar_t *wide = malloc(WIDE_ROOM * sizeof *wide);
    if (wide == NULL || !read_setting(variable, registry_value, wide)
        || WideCharToMultiByte(CP_UTF8, 0, wide, -1, room, (int) bytes, NULL, NULL) == 0) {
        room[0] = '\0';
    }
    free(wide);
    return room;
}

void *system_present_jvm(void) {
    return (void *) GetModuleHandleW(L"jvm.dll");
}

/* A JVM in a folder whose letters the code page lacks would not find itself, and end the process. */
void *system_open_jvm(const char *path) {
    static wchar_t wide[WIDE_ROOM];
    static char narrow[HOST_ROOM];
    BOOL lost = FALSE;
    if (MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, WIDE_ROOM) == 0
        || WideCharToMultiByte(CP_ACP, WC_NO_BEST_FIT_CHARS, wide, -1, narrow, HOST_ROOM, NULL, &lost) == 0 || lost) {
        return NULL;
    }
    return (void *) LoadLibraryExW(wide, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
}

void *system_find(void *library, const char *name) {
    FARPROC function = GetProcAddress((HMODULE) library, name);
    void *address;
    memcpy(&address, &function, sizeof address);
    return address;
}

bool system_file_exists(const char *path) {
    static wchar_t wide[WIDE_ROOM];
    return MultiByteToWideChar(CP_UTF8, 0, path, -1, wide, WIDE_ROOM) != 0
        && GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES;
}

/* ---- the first call ---- */

static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
static HANDLE done;
static void (*to_run)(void);
static bool has_thread;

static DWORD WINAPI run(LPVOID argument) {
    (void) argument;
    to_run();
    SetEvent(done);
    return 0;
}

static BOOL CALLBACK run_on_own_thread(PINIT_ONCE which, PVOID parameter, PVOID *context) {
    (void) which;
    (void) parameter;
    (void) context;
    done = CreateEventW(NULL, TRUE, FALSE, NULL);
    HANDLE thread = done == NULL ? NULL
                                 : CreateThread(NULL, JVM_STACK, run, NULL, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    has_thread = thread != NULL;
    if (has_thread) {
        WaitForSingleObject(done, INFINITE);
        CloseHandle(thread);
    }
    return TRUE;
}

bool system_run_once(void (*function)(void)) {
    to_run = function;
    InitOnceExecuteOnce(&once, run_on_own_thread, NULL, NULL);
    return has_thread;
}

void system_abandon(void) {
    SetEvent(done);
    Sleep(INFINITE);
}

/* Windows has no fork. */
bool system_is_forked(void) {
    return false;
}

/* ---- what the client has set up ---- */

/* This is the client's locale where client and library have the same C runtime. */
static char *locale_before;

void system_before_jvm(void) {
    const char *present = setlocale(LC_ALL, NULL);
    locale_before = present == NULL ? NULL : _strdup(present);
}

void system_after_jvm(void) {
    if (locale_before != NULL) {
        setlocale(LC_ALL, locale_before);
        free(locale_before);
        locale_before = NULL;
    }
}

size_t system_stack_left(void) {
    ULONG_PTR low;
    ULONG_PTR high;
    char here;
    GetCurrentThreadStackLimits(&low, &high);
    return (ULONG_PTR) &here < low || (ULONG_PTR) &here > high ? SIZE_MAX : (ULONG_PTR) &here - low;
}
