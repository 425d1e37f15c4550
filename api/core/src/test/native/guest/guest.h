/* What the parts of the program guest share: a client of libsqlvdi.so that knows its two classes only. */
#ifndef SQLVDI_GUEST_H
#define SQLVDI_GUEST_H

#include <cstdint>

#include "sqlvdi.h"

/* Prints a line and passes it on at once: the test waits for it. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A set of one device that nothing will come to; 0, or what Create gave. */
int create(ClientVirtualDeviceSet &set, const char *name, uint32_t devices = 1, uint32_t features = 0);

/* Waits for a line on standard input that is this word; ends the process if another comes. */
void await(const char *word);

/* ---- transfer.cpp: what moves data ---- */

int transfer(const char *name, uint32_t devices, uint32_t features);
int primary(const char *name, uint32_t devices);
int secondary(const char *name, uint32_t device);

/* ---- manners.cpp: what a guest may do to its host ---- */

int locale(const char *name);
int signals(const char *name);
int forks(const char *name);
int stacks(const char *name, unsigned kibibytes);

#endif
