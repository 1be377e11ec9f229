/* A Cortex-M from reset to main under emulation: text by semihosting, time by SysTick. */
#include "board.h"

#define SYSTICK ((volatile uint32_t *)0xE000E010u) /* control, reload, current */
#define COPROCESSOR_ACCESS (*(volatile uint32_t *)0xE000ED88u)
#define RELOAD 0xFFFFFFu

extern uint32_t stack_top, data_in_flash, data_start, data_end, bss_start, bss_end;

int main(void);
void reset(void);

static volatile uint32_t wraps;

static void ask_host(uint32_t what, uint32_t argument)
{
    register uint32_t r0 __asm__("r0") = what;
    register uint32_t r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
}

void board_write(const char *text)
{
    ask_host(0x04u, (uint32_t)text);
}

/* TICK is how many tenths of a nanosecond a tick of the board's clock takes. */
uint64_t board_instructions(void)
{
    uint32_t before, ticks;
    do {
        before = wraps;
        ticks = RELOAD - SYSTICK[2];
    } while (before != wraps);
    return (((uint64_t)before << 24) + ticks) * TICK / 10u;
}

static void tick(void)
{
    wraps++;
}

static void fault(void)
{
    board_write("fault\n");
    ask_host(0x18u, 0x20023u);
}

void reset(void)
{
#if defined(__ARM_FP)
    COPROCESSOR_ACCESS |= 0xFu << 20;
    __asm__ volatile("dsb\n isb");
#endif
    for (uint32_t *to = &data_start, *from = &data_in_flash; to < &data_end;) {
        *to++ = *from++;
    }
    for (uint32_t *to = &bss_start; to < &bss_end;) {
        *to++ = 0u;
    }
    SYSTICK[1] = RELOAD;
    SYSTICK[2] = 0u;
    SYSTICK[0] = 7u;
    while (SYSTICK[2] == 0u) {
    }
    ask_host(0x18u, main() == 0 ? 0x20026u : 0x20023u);
}

__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    (void (*)(void))&stack_top, reset, fault, fault, fault, fault, fault, 0, 0, 0, 0, fault, fault, 0, fault, tick,
};
