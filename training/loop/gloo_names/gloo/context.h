// SPDX-License-Identifier: Apache-2.0
#pragma once

// Names that libtorch's ProcessGroupGloo.hpp mentions. libtorch holds Gloo but ships no headers of
// it; nothing here is ever called or made, so declarations are all it takes. Taken only where the
// libtorch at hand has no headers of Gloo.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace gloo {

class Context {
public:
    void setTimeout(std::chrono::milliseconds timeout);
};

namespace rendezvous {

class Store {
public:
    virtual ~Store();
    virtual void set(const std::string& key, const std::vector<char>& value) = 0;
    virtual std::vector<char> get(const std::string& key) = 0;
    virtual void wait(const std::vector<std::string>& keys) = 0;
    virtual void wait(const std::vector<std::string>& keys,
                      const std::chrono::milliseconds& timeout) = 0;
};

} // namespace rendezvous

namespace transport {
class Device;
class UnboundBuffer;
} // namespace transport

} // namespace gloo
