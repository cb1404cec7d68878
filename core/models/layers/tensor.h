// SPDX-License-Identifier: Apache-2.0
#pragma once

// at::Tensor with its arithmetic operators and nothing else: the umbrella header of torch costs
// twenty seconds a file.
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
