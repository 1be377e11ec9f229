/* A Cortex-M4F from reset to main, with a debugger or an emulator that takes its output: semihosting. */
#include "board.h"

enum { WRITE_TEXT = 0x04, EXIT = 0x18 };
#define STOPPED_WELL 0x20026u
#define STOPPED_BADLY 0x20023u

#define COPROCESSOR_ACCESS (*(volatile uint32_t *)0xE000ED88u)

extern uint32_t stack_top, data_in_flash, data_start, data_end, bss_start, bss_end;

int main(void);
void reset(void);

/* The compiler makes calls of these where it copies or clears structures. */
void *memcpy(void *to, const void *from, __SIZE_TYPE__ count)
{
    for (__SIZE_TYPE__ i = 0; i < count; i++) {
        ((unsigned char *)to)[i] = ((const unsigned char *)from)[i];
    }
    return to;
}

void *memset(void *to, int value, __SIZE_TYPE__ count)
{
    for (__SIZE_TYPE__ i = 0; i < count; i++) {
        ((unsigned char *)to)[i] = (unsigned char)value;
    }
    return to;
}

static void ask_host(uint32_t what, uint32_t argument)
{
    register uint32_t r0 __asm__("r0") = what;
    register uint32_t r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

void board_write(const char *text)
{
    ask_host(WRITE_TEXT, (uint32_t)text);
}

static void stop(uint32_t reason)
{
    for (;;) {
        ask_host(EXIT, reason);
    }
}

static void fault(void)
{
    board_write("fault\n");
    stop(STOPPED_BADLY);
}

void reset(void)
{
    COPROCESSOR_ACCESS |= 0xFu << 20; /* the FPU, before any function that uses it */
    __asm__ volatile("dsb\n isb");
    for (uint32_t *to = &data_start, *from = &data_in_flash; to < &data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = &bss_start; to < &bss_end;) {
        *to++ = 0u;
    }
    stop(main() == 0 ? STOPPED_WELL : STOPPED_BADLY);
}

/* The stack, reset, then the faults. */
__attribute__((section(".vectors"), used)) static const struct {
    uint32_t *stack;
    void (*handlers[6])(void);
} vectors = {&stack_top, {reset, fault, fault, fault, fault, fault}};
