// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/io/weights/pickle_tree.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace gesture::io {

/// Which pickles one kind of file may hold.
struct PickleRules {
    /// Whether a class or function ("module.name") may be named. Naming is all that it can be:
    /// nothing is imported or called.
    std::function<bool(std::string_view global)> allows;
    /// Whether instances of allowed classes may be described (NEWOBJ, and BUILD on calls).
    bool objects = false;
    /// The file as messages name it: "'x.bin'".
    std::string subject;
    /// What it was taken for: "a weight file that this program opens".
    std::string wanted;
};

struct PickleResult {
    PickleTree tree;
    std::size_t size = 0; ///< Bytes up to and with the STOP instruction; more may follow.
};

/// Reads a pickle (protocols 0 to 4; the instructions that data needs) into a tree of values and
/// executes nothing. Refused, with the name in the message: globals that `rules` does not allow,
/// the instructions INST, OBJ, NEWOBJ_EX, PERSID, EXT and those of sets and buffers. BUILD is
/// accepted on an OrderedDict for `_metadata`, which is dropped, and on numpy's dtype.
/// Bounded: 4 million instructions, 1 million items, 250,000 containers and memo entries, 65,536
/// values on the stack, 10,000 open marks; about 48 MB at most. InvalidInput, LimitExceeded.
[[nodiscard]] Result<PickleResult> readPickle(std::span<const std::byte> pickle,
                                              const PickleRules& rules);

} // namespace gesture::io
