/* The hash by which a training on a device is compared with the same training in C#. */
#ifndef SHA256_H
#define SHA256_H

#include <stdint.h>

/* SHA-256 (FIPS 180-4) of `count` bytes, of which there are less than half a gigabyte, as 64 hexadecimal digits and a 0. */
void sha256(const void *bytes, uint32_t count, char digits[65]);

#endif
