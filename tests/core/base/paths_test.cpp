// SPDX-License-Identifier: Apache-2.0
#include "core/base/paths.h"

#include <cstdlib>
#include <gtest/gtest.h>

namespace gesture {
namespace {

/// Sets an environment variable for the length of a test.
class ScopedVariable {
public:
    ScopedVariable(const char* name, const char* value)
        : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old;
        if (value != nullptr)
            ::setenv(name, value, 1);
        else
            ::unsetenv(name);
    }
    ScopedVariable(const ScopedVariable&) = delete;
    ScopedVariable& operator=(const ScopedVariable&) = delete;
    ~ScopedVariable() {
        if (old_)
            ::setenv(name_, old_->c_str(), 1);
        else
            ::unsetenv(name_);
    }

private:
    const char* name_;
    std::optional<std::string> old_;
};

TEST(Paths, DataVariableReplacesTheFolder) {
    const ScopedVariable data("GESTURE_DATA", "/somewhere/else");
    EXPECT_EQ(userDataDirectory(), "/somewhere/else");
}

TEST(Paths, XdgVariablesAreFollowedAndHomeIsTheDefault) {
    const ScopedVariable data("GESTURE_DATA", nullptr);
    const ScopedVariable home("HOME", "/home/anna");
    const ScopedVariable xdg("XDG_DATA_HOME", "/data");
    const ScopedVariable config("XDG_CONFIG_HOME", nullptr);
    // The XDG specification: a relative path in a variable is to be ignored.
    const ScopedVariable cache("XDG_CACHE_HOME", "relative");
    EXPECT_EQ(userDataDirectory(), "/data/gesture-studio");
    EXPECT_EQ(userConfigDirectory(), "/home/anna/.config/gesture-studio");
    EXPECT_EQ(userCacheDirectory(), "/home/anna/.cache/gesture-studio");
}

TEST(Paths, ProgramsAreFoundOnPath) {
    EXPECT_TRUE(findProgram("sh").has_value());
    EXPECT_FALSE(findProgram("no-such-program-here").has_value());
    const ScopedVariable path("PATH", "");
    EXPECT_FALSE(findProgram("no-such-program-here").has_value());
}

TEST(Paths, ProgramDirectoryHoldsThisTest) {
    EXPECT_TRUE(std::filesystem::exists(programDirectory() / "core_tests"));
}

} // namespace
} // namespace gesture
