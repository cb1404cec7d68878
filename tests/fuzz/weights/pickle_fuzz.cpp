// SPDX-License-Identifier: Apache-2.0
#include "core/io/weights/torch_pickle.h"

#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto pickle = std::as_bytes(std::span(data, size));
    for (const bool objects : {false, true}) {
        auto rules = gesture::io::torchPickleRules("'x.bin'");
        rules.objects = objects;
        const auto read = gesture::io::readPickle(pickle, rules);
        if (!read) return read.error().message().empty() ? (std::abort(), 0) : 0;
        if (read->size > size) std::abort();
        const auto contents = gesture::io::interpretTorchPickle(read->tree, rules.subject);
        if (!contents) continue;
        for (const auto& tensor : contents->tensors)
            if (tensor.storage >= contents->storages.size() ||
                *gesture::io::elementCount(tensor.info.shape) >
                    contents->storages[tensor.storage].count)
                std::abort();
    }
    return 0;
}
