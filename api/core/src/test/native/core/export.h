/* What of a library can be seen from outside. */
#ifndef SQLVDI_PEER_EXPORT_H
#define SQLVDI_PEER_EXPORT_H

#ifdef _WIN32
#define PEER_EXPORT __declspec(dllexport)
#else
#define PEER_EXPORT __attribute__((visibility("default")))
#endif

#endif
