/* What the measurements need of a core. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

void board_write(const char *text);

/* Instructions since the start: the emulator takes a nanosecond for each. */
uint64_t board_instructions(void);

#endif
