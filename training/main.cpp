// SPDX-License-Identifier: Apache-2.0
// gesture-train: the trainer.

#include "training/commands/train_program.h"

int main(int count, char** arguments) {
    return gesture::training::runTrainProgram(count, arguments);
}
