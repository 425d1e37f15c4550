/*
 * Runs a JVM in the client's process, in which sqlvdi's embedded VDI lives, and asks it for COM classes. A process that has
 * a JVM already gets the classes into that one, if it has none of them itself.
 */
#include "host.h"

#include <jni.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_ROOM 64
#define MAX_OPTIONS 56 /* 32 of SQLVDI_JAVA_OPTIONS, and those of this library */

/*
 * A thread that the JVM does not know yet needs this much below its first call, by trial 96 KiB for the JVM's own guard
 * pages and zones, and the rest for Java and for the functions of libc that it calls.
 */
#define LEAST_STACK (160u << 10)

typedef jint(JNICALL *CreateJavaVm)(JavaVM **, void **, void *);
typedef jint(JNICALL *GetCreatedJavaVms)(JavaVM **, jsize, jsize *);

static JavaVM *jvm;
static jclass class_objects;
static jmethodID get_class_object;
static int32_t started = HOST_UNEXPECTED;
static bool has_started;
static bool says_all; /* SQLVDI_LOG is all */
static char last_words[512]; /* of a JVM that does not start */

static bool log_is(const char *value) {
    char log[NAME_ROOM];
    return strcmp(system_setting("SQLVDI_LOG", "Log", log, sizeof log), value) == 0;
}

int32_t host_complain(int32_t result, const char *what, const char *detail) {
    if (!log_is("none")) {
        fprintf(stderr, "sqlvdi: %s%s%s (0x%08X)\n", what, detail[0] == '\0' ? "" : ": ", detail, (unsigned) result);
        fflush(stderr);
    }
    return result;
}

int32_t host_may_call(void) {
    if (system_is_forked()) {
        return host_complain(HOST_FORKED, "this process came by fork from one that had used the VDI already, and has no "
            "JVM: start a program in it by exec, or fork before the first use", "");
    }
    size_t left = system_stack_left();
    if (left < LEAST_STACK) {
        char detail[NAME_ROOM];
        snprintf(detail, sizeof detail, "%u KiB left, expected %u", (unsigned) (left >> 10), LEAST_STACK >> 10);
        return host_complain(HOST_SMALL_STACK, "the stack of this thread is too small", detail);
    }
    return 0;
}

/* Clears the pending exception, and prints its trace if SQLVDI_LOG is all. */
static void describe(JNIEnv *env) {
    if (says_all) {
        (*env)->ExceptionDescribe(env);
    }
    (*env)->ExceptionClear(env);
}

/* Makes an object. Does nothing if an exception is pending already; gives NULL if one is pending at the end. */
static jobject make(JNIEnv *env, const char *class_name, const char *signature, ...) {
    jclass class = (*env)->ExceptionCheck(env) ? NULL : (*env)->FindClass(env, class_name);
    jmethodID constructor = class == NULL ? NULL : (*env)->GetMethodID(env, class, "<init>", signature);
    if (constructor == NULL) {
        return NULL;
    }
    va_list arguments;
    va_start(arguments, signature);
    jobject made = (*env)->NewObjectV(env, class, constructor, arguments);
    va_end(arguments);
    return made;
}

/* Calls a method of an object that is not NULL. Gives NULL if an exception is pending at the end. */
static jobject ask(JNIEnv *env, jobject target, const char *method_name, const char *signature, ...) {
    jclass class = target == NULL ? NULL : (*env)->GetObjectClass(env, target);
    jmethodID method = class == NULL ? NULL : (*env)->GetMethodID(env, class, method_name, signature);
    if (method == NULL) {
        return NULL;
    }
    va_list arguments;
    va_start(arguments, signature);
    jobject given = (*env)->CallObjectMethodV(env, target, method, arguments);
    va_end(arguments);
    return (*env)->ExceptionCheck(env) ? NULL : given;
}

/* JNI's own strings are not quite UTF-8. */
static jstring to_java(JNIEnv *env, const char *text) {
    jsize length = (jsize) strlen(text);
    jbyteArray bytes = (*env)->NewByteArray(env, length);
    if (bytes == NULL) {
        return NULL;
    }
    (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte *) text);
    return make(env, "java/lang/String", "([BLjava/lang/String;)V", bytes, (*env)->NewStringUTF(env, "UTF-8"));
}

/* A loader for the class path: as an option of the JVM it could have the letters of one code page only. */
static jobject make_loader(JNIEnv *env, char *class_path) {
    jobject urls = make(env, "java/util/ArrayList", "()V");
    if (urls == NULL) {
        return NULL;
    }
    for (char *part = strtok(class_path, PATH_SEPARATOR); part != NULL; part = strtok(NULL, PATH_SEPARATOR)) {
        jobject file = make(env, "java/io/File", "(Ljava/lang/String;)V", to_java(env, part));
        jobject url = ask(env, ask(env, file, "toURI", "()Ljava/net/URI;"), "toURL", "()Ljava/net/URL;");
        if (url == NULL) {
            return NULL;
        }
        (*env)->CallBooleanMethod(env, urls, (*env)->GetMethodID(env, (*env)->GetObjectClass(env, urls), "add",
            "(Ljava/lang/Object;)Z"), url);
    }
    jclass url_class = (*env)->FindClass(env, "java/net/URL");
    jobject none = url_class == NULL ? NULL : (*env)->NewObjectArray(env, 0, url_class, NULL);
    jobject array = ask(env, none == NULL ? NULL : urls, "toArray", "([Ljava/lang/Object;)[Ljava/lang/Object;", none);
    return array == NULL ? NULL : make(env, "java/net/URLClassLoader", "([Ljava/net/URL;)V", array);
}

static int32_t find_method(JNIEnv *env, char *class_path) {
    jobject loader = make_loader(env, class_path);
    jobject found = loader == NULL ? NULL : ask(env, loader, "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;",
        to_java(env, "io.github.sqlvdi.embedded.VdiClassObjects"));
    if (found != NULL) {
        class_objects = (*env)->NewGlobalRef(env, found);
        get_class_object = (*env)->GetStaticMethodID(env, class_objects, "getClassObject", "(JJJ)I");
    }
    if (get_class_object == NULL) {
        describe(env);
        return host_complain(HOST_CLASS_NOT_FOUND, "the class path has no class io.github.sqlvdi.embedded.VdiClassObjects", "");
    }
    return 0;
}

/* ---- starting a JVM ---- */

/*
 * The JVM calls this function with each of its messages. Until the JVM has started, the last messages are kept: they say why
 * it does not start. The stream is not used: it may be one of another C runtime.
 */
static jint JNICALL print(FILE *stream, const char *format, va_list arguments) {
    (void) stream;
    if (says_all) {
        return vfprintf(stderr, format, arguments);
    }
    if (has_started) {
        return 0;
    }
    size_t length = strlen(last_words);
    return vsnprintf(last_words + length, sizeof last_words - length, format, arguments);
}

/* A JVM that does not start ends the process: here its thread stops instead, for ever, and the client goes on. */
static void give_up(void) {
    system_after_jvm();
    for (char *each = last_words; *each != '\0'; each++) {
        *each = *each == '\n' ? ' ' : *each;
    }
    started = host_complain(HOST_UNEXPECTED, "the JVM did not start", last_words);
    system_abandon();
}

static void JNICALL exit_jvm(jint code) {
    if (has_started) {
        exit(code);
    }
    give_up();
}

static void JNICALL abort_jvm(void) {
    if (!has_started) {
        give_up();
    }
}

/* One option too many is counted, and not written. */
static void add_option(JavaVMInitArgs *arguments, const char *text, void *extra) {
    if (arguments->nOptions < MAX_OPTIONS) {
        arguments->options[arguments->nOptions].optionString = (char *) text;
        arguments->options[arguments->nOptions].extraInfo = extra;
    }
    arguments->nOptions++;
}

static void *pointer_to(const void *function) {
    void *pointer;
    memcpy(&pointer, function, sizeof pointer);
    return pointer;
}

/* A client needs a set and its threads only, so the JVM is a small one that starts quickly. */
static void add_defaults(JavaVMInitArgs *arguments, const char *given) {
    if (strstr(given, "GC") == NULL) { /* the JVM refuses two collectors */
        add_option(arguments, "-XX:+UseSerialGC", NULL);
    }
    add_option(arguments, "-XX:TieredStopAtLevel=1", NULL);
    if (strstr(given, "-Xm") == NULL) { /* one of these alone may contradict what is given */
        add_option(arguments, "-Xms4m", NULL);
        add_option(arguments, "-Xmx64m", NULL);
    }
    add_option(arguments, "-XX:ReservedCodeCacheSize=16m", NULL);
    add_option(arguments, "-XX:-UsePerfData", NULL);
    /* Method handles that are called a few times only, as all of the first Create are, get no classes of their own. */
    add_option(arguments, "-Djava.lang.invoke.MethodHandle.COMPILE_THRESHOLD=30", NULL);
    add_option(arguments, "-Xrs", NULL); /* no handlers for SIGHUP, SIGINT, SIGTERM, SIGQUIT */
    add_option(arguments, "--enable-native-access=ALL-UNNAMED", NULL);
    if (!says_all) {
        add_option(arguments, "-Xlog:disable", NULL);
        add_option(arguments, "-Djava.util.logging.config.file=" NULL_DEVICE, NULL);
    }
}

/*
 * The archive of classes beside the first jar of the class path, its name with .jsa in the place of .jar. The JVM takes it
 * if it was made by this JVM for these jars, and does without it else.
 */
static void add_archive(JavaVMInitArgs *arguments, const char *class_path) {
    static char option[HOST_ROOM + NAME_ROOM];
    size_t length = strcspn(class_path, PATH_SEPARATOR);
    if (length > 4 && strncmp(class_path + length - 4, ".jar", 4) == 0) {
        int prefix = snprintf(option, sizeof option, "-XX:SharedArchiveFile=%.*s.jsa", (int) length - 4, class_path);
        if (prefix > 0 && system_file_exists(strchr(option, '=') + 1)) {
            add_option(arguments, option, NULL);
            add_option(arguments, "-XX:+VerifySharedSpaces", NULL); /* an archive that was damaged would end the process */
        }
    }
}

static bool is_ascii(const char *text) {
    for (; *text != '\0'; text++) {
        if ((unsigned char) *text >= 0x80) {
            return false;
        }
    }
    return true;
}

/* This class of Java takes SIGCHLD when it is first used: now, so that the signal can be given back. */
static void take_child_signal(JNIEnv *env) {
    (*env)->FindClass(env, "java/lang/ProcessImpl");
    (*env)->ExceptionClear(env);
}

/*
 * As an option of the JVM a class path can have the letters of one code page only; any other goes through a loader of ours.
 * Then the JVM's own has a file that is none of classes: an empty one would stand for the current folder.
 */
static int32_t create_jvm(CreateJavaVm create, JNIEnv **env, const char *class_path, const char *no_classes) {
    static char more[HOST_ROOM];
    static char own_class_path[HOST_ROOM + 2 * NAME_ROOM];
    JavaVMOption options[MAX_OPTIONS];
    JavaVMInitArgs arguments = {JNI_VERSION_10, 0, options, JNI_FALSE};
    jint(JNICALL *print_function)(FILE *, const char *, va_list) = print;
    void(JNICALL *exit_function)(jint) = exit_jvm;
    void(JNICALL *abort_function)(void) = abort_jvm;
    add_option(&arguments, "vfprintf", pointer_to(&print_function));
    add_option(&arguments, "exit", pointer_to(&exit_function));
    add_option(&arguments, "abort", pointer_to(&abort_function));
    bool plain = is_ascii(class_path);
    snprintf(own_class_path, sizeof own_class_path, "-Djava.class.path=%s", plain ? class_path : no_classes);
    add_option(&arguments, own_class_path, NULL);
    add_defaults(&arguments, system_setting("SQLVDI_JAVA_OPTIONS", "JavaOptions", more, sizeof more));
    if (plain) {
        add_archive(&arguments, class_path);
    }
    for (char *each = strtok(more, " "); each != NULL; each = strtok(NULL, " ")) {
        add_option(&arguments, each, NULL);
    }
    if (arguments.nOptions > MAX_OPTIONS) {
        return host_complain(HOST_UNEXPECTED, "SQLVDI_JAVA_OPTIONS has too many words; expected 32 at most", "");
    }
    system_before_jvm();
    jint result = create(&jvm, (void **) env, &arguments);
    if (result != JNI_OK) {
        system_after_jvm();
        return host_complain(HOST_UNEXPECTED, "the JVM did not start", last_words);
    }
    has_started = true;
    take_child_signal(*env);
    system_after_jvm();
    return 0;
}

/* The thread must be attached for its JNI calls; one that was not is let go again, or the JVM would keep it for ever. */
static JNIEnv *enter(bool *attached) {
    JNIEnv *env = NULL;
    *attached = (*jvm)->GetEnv(jvm, (void **) &env, JNI_VERSION_10) != JNI_OK
        && (*jvm)->AttachCurrentThreadAsDaemon(jvm, (void **) &env, NULL) == JNI_OK;
    return env;
}

static void leave(bool attached) {
    if (attached) {
        (*jvm)->DetachCurrentThread(jvm);
    }
}

/* The library of the JVM: of the one that the process has, else of the one that the settings name; NULL after a refusal. */
static void *open_jvm(char *path) {
    void *library = system_present_jvm();
    if (library != NULL) {
        return library;
    }
    if (system_setting("SQLVDI_JAVA_HOME", "JavaHome", path, HOST_ROOM)[0] == '\0') {
        host_complain(HOST_MODULE_NOT_FOUND, "SQLVDI_JAVA_HOME is not set; expected the folder of a Java 22 or later", "");
        return NULL;
    }
    strcat(path, JVM_FILE);
    library = system_open_jvm(path);
    if (library == NULL) {
        host_complain(HOST_MODULE_NOT_FOUND, "there is no JVM that could be loaded; SQLVDI_JAVA_HOME should lead to", path);
    }
    return library;
}

static int32_t start_jvm(void) {
    static char path[HOST_ROOM + NAME_ROOM];
    static char class_path[HOST_ROOM];
    says_all = log_is("all");
    system_setting("SQLVDI_CLASS_PATH", "ClassPath", class_path, sizeof class_path);
    void *library = open_jvm(path);
    if (library == NULL) {
        return HOST_MODULE_NOT_FOUND;
    }
    void *create = system_find(library, "JNI_CreateJavaVM");
    void *created = system_find(library, "JNI_GetCreatedJavaVMs");
    if (create == NULL || created == NULL) {
        return host_complain(HOST_MODULE_NOT_FOUND, "this is no JVM", path);
    }
    CreateJavaVm create_function;
    GetCreatedJavaVms created_function;
    memcpy(&create_function, &create, sizeof create);
    memcpy(&created_function, &created, sizeof created);
    jsize count = 0;
    JNIEnv *env = NULL;
    bool attached = true;
    if (created_function(&jvm, 1, &count) == JNI_OK && count > 0) {
        env = enter(&attached);
        if (env == NULL) {
            return host_complain(HOST_UNEXPECTED, "this thread cannot be attached to the JVM", "");
        }
    } else if (class_path[0] == '\0') {
        return host_complain(HOST_CLASS_NOT_FOUND, "SQLVDI_CLASS_PATH is not set; expected the path of sqlvdi.jar", "");
    } else {
        int32_t result = create_jvm(create_function, &env, class_path, path);
        if (result != 0) {
            return result;
        }
    }
    int32_t result = find_method(env, class_path);
    leave(attached);
    return result;
}

static void start(void) {
    started = start_jvm();
}

int32_t host_get_class_object(const void *clsid, const void *iid, void **ppv) {
    if (!system_run_once(start)) {
        return host_complain(HOST_NO_MEMORY, "no thread can be made for the JVM to start on", "");
    }
    if (started != 0) {
        return started;
    }
    bool attached;
    JNIEnv *env = enter(&attached);
    if (env == NULL) {
        return host_complain(HOST_UNEXPECTED, "this thread cannot be attached to the JVM", "");
    }
    int32_t result = (*env)->CallStaticIntMethod(env, class_objects, get_class_object, (jlong) (uintptr_t) clsid,
        (jlong) (uintptr_t) iid, (jlong) (uintptr_t) ppv);
    if ((*env)->ExceptionCheck(env)) {
        describe(env);
        result = host_complain(HOST_UNEXPECTED, "VdiClassObjects.getClassObject threw", "");
    } else if (result != 0) {
        host_complain(result, "the embedded VDI has no such class or interface", "");
    }
    leave(attached);
    return result;
}
