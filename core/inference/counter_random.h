// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/counter_random.h"

namespace gesture::inference {

using gesture::CounterRandom;

} // namespace gesture::inference
