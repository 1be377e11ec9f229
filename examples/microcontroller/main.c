/* A device with an 8 x 8 sensor that tells ten patterns apart. It was trained with the sensor upright, but it is mounted
 * upside down: it knows little at first, then learns from labelled readings, one at a time, in the memory below. */
#include "board/board.h"
#include "network/digits.h"
#include "sensor.h"

#define LEARNED 240 /* of the readings; the others judge */
#define ROUNDS 5

static digits_parameters parameters;
static digits_optimizer optimizer;
static digits_workspace workspace;
static digits_training_workspace training_workspace;
static digits_selftest_memory selftest_memory;

/* A reading as the network takes it: 64 values from 0 to 1. */
static void read_sensor(int32_t reading, float input[DIGITS_INPUT_LENGTH])
{
    for (int32_t i = 0; i < DIGITS_INPUT_LENGTH; i++) {
        input[i] = (float)sensor[reading][i] / 16.0f;
    }
}

static int32_t count_right(const digits_parameters *weights)
{
    float input[DIGITS_INPUT_LENGTH];
    int32_t class_number, right = 0;
    for (int32_t reading = LEARNED; reading < SENSOR_READINGS; reading++) {
        read_sensor(reading, input);
        if (digits_classify(weights, input, &class_number, &workspace) == DIGITS_OK && class_number == sensor[reading][DIGITS_INPUT_LENGTH]) {
            right++;
        }
    }
    return right;
}

static void report(const char *when, int32_t right)
{
    board_write(when);
    board_write_number(right);
    board_write(" of ");
    board_write_number(SENSOR_READINGS - LEARNED);
    board_write(" right\n");
}

int main(void)
{
    digits_selftest_result result;
    const digits_status status = digits_selftest(&selftest_memory, &result);
    board_write(status == DIGITS_OK ? "self-test passed\n" : "self-test FAILED\n");

    const int32_t before = count_right(&digits_weights);
    report("as delivered: ", before);

    parameters = digits_weights; /* from flash to RAM, where they can change */
    (void)digits_start(&optimizer);
    for (int32_t step = 0; step < ROUNDS * LEARNED; step++) {
        float input[DIGITS_INPUT_LENGTH], loss;
        const int32_t reading = step % LEARNED, label = sensor[reading][DIGITS_INPUT_LENGTH];
        read_sensor(reading, input);
        (void)digits_train_step(&parameters, &optimizer, input, &label, 1, &training_workspace, &loss);
    }

    const int32_t after = count_right(&parameters);
    report("after learning: ", after);
    return status == DIGITS_OK && after > 2 * before ? 0 : 1;
}
