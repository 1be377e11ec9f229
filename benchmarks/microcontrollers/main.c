/* Measures one network on one core: self-test, instructions, stack, and the hash of a training that must be the same everywhere. */
#include "board.h"
#include "net.h"
#include "sha256.h"

#define STEPS 8
#define MARK 0xA5A5A5A5u
#define MARKED 600 /* words of stack that are painted, from a little below the caller on */
#define SLACK 24

/* What calls read, what they update, and what the self-test is given: frozen parameters stay where they are. */
#if defined(FROZEN)
#define PARAMETERS &parameters, &net_frozen_weights
#define GIVEN &net_frozen_weights,
#else
#define PARAMETERS &parameters
#define GIVEN
#endif

static net_parameters parameters;
static net_optimizer optimizer;
static net_workspace workspace;
static net_training_workspace training_workspace;
static float input[NET_INPUT_LENGTH], scores[NET_OUTPUT_LENGTH];
#if defined(NET_CLASS_OUT_OF_RANGE)
static int32_t target;
#else
static float target[NET_OUTPUT_LENGTH];
#endif
#if !defined(NO_SELFTEST)
static net_selftest_memory selftest_memory;
#endif

static void write_number(const char *name, uint32_t number)
{
    char text[12];
    int32_t i = 11;
    text[i] = '\0';
    do {
        text[--i] = (char)('0' + number % 10u);
        number /= 10u;
    } while (number > 0u);
    board_write(name);
    board_write(&text[i]);
    board_write("\n");
}

/* Half of the inputs are 0, as pixels often are. */
static void make_sample(int32_t sample)
{
    for (int32_t i = 0; i < NET_INPUT_LENGTH; i++) {
        const int32_t value = (i * 37 + sample * 29) % 101 - 50;
        input[i] = value > 0 ? (float)value / 64.0f : 0.0f;
    }
#if defined(NET_CLASS_OUT_OF_RANGE)
    target = sample % NET_OUTPUT_LENGTH;
#else
    for (int32_t i = 0; i < NET_OUTPUT_LENGTH; i++) {
        target[i] = input[i % NET_INPUT_LENGTH];
    }
#endif
}

static void __attribute__((noinline)) paint(void)
{
    volatile uint32_t *top = (uint32_t *)__builtin_frame_address(0) - SLACK;
    for (int32_t i = 0; i < MARKED; i++) {
        *--top = MARK;
    }
}

static uint32_t __attribute__((noinline)) painted_over(void)
{
    volatile uint32_t *top = (uint32_t *)__builtin_frame_address(0) - SLACK, *lowest = top - MARKED;
    while (lowest < top && *lowest == MARK) {
        lowest++;
    }
    return 4u * (uint32_t)(top - lowest + SLACK);
}

int main(void)
{
    uint64_t start, steps = 0;
    float loss;
    char digits[65];
#if !defined(NO_SELFTEST)
    net_selftest_result result;
    write_number("selftest ", (uint32_t)net_selftest(GIVEN &selftest_memory, &result));
    write_number("arithmetic ", result.arithmetic);
#endif
    (void)net_initialize(&parameters, 42);
    (void)net_start(&optimizer);
    optimizer.learning_rate = 0.1f;
    make_sample(0);
    start = board_instructions();
    (void)net_predict(PARAMETERS, input, scores, &workspace);
    write_number("predict ", (uint32_t)(board_instructions() - start));
    paint();
    (void)net_predict(PARAMETERS, input, scores, &workspace);
    write_number("predict-stack ", painted_over());
    for (int32_t step = 0; step < STEPS; step++) {
        make_sample(step);
        start = board_instructions();
#if defined(NET_CLASS_OUT_OF_RANGE)
        (void)net_train_step(PARAMETERS, &optimizer, input, &target, 1, &training_workspace, &loss);
#else
        (void)net_train_step(PARAMETERS, &optimizer, input, target, 1, &training_workspace, &loss);
#endif
        steps += board_instructions() - start;
    }
    write_number("step ", (uint32_t)(steps / STEPS));
    sha256(&parameters, (uint32_t)sizeof parameters, digits);
    board_write("hash ");
    board_write(digits);
    board_write("\n");
    paint();
#if defined(NET_CLASS_OUT_OF_RANGE)
    (void)net_train_step(PARAMETERS, &optimizer, input, &target, 1, &training_workspace, &loss);
#else
    (void)net_train_step(PARAMETERS, &optimizer, input, target, 1, &training_workspace, &loss);
#endif
    write_number("step-stack ", painted_over());
    write_number("ram ", (uint32_t)(sizeof parameters + sizeof optimizer + sizeof training_workspace));
    return 0;
}
