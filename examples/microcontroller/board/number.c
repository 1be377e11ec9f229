#include "board.h"

void board_write_number(int32_t number)
{
    char text[12];
    int32_t i = 11;
    text[i] = '\0';
    do {
        text[--i] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    board_write(&text[i]);
}
