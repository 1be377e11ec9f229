/* What the example needs of a board: a line to write on. */
#ifndef BOARD_H
#define BOARD_H

#include <stdint.h>

void board_write(const char *text);
void board_write_number(int32_t number);

#endif
