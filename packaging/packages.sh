# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034
# The one list of Debian and Ubuntu packages (Debian 12, Ubuntu 22.04 and 24.04). Where names differ
# between releases, alternatives stand side by side, the first that exists is taken: a|b.

packages_build=(
    # compiler and build tools
    g++ cmake ninja-build ccache pkg-config
    # libraries without a window
    libeigen3-dev libfmt-dev libspdlog-dev nlohmann-json3-dev libcli11-dev
    zlib1g-dev libyaml-cpp-dev libsqlite3-dev libsndfile1-dev libsoxr-dev libkissfft-dev libpng-dev
    # recognition and alignment of speech, with its English model
    libpocketsphinx-dev libsphinxbase-dev pocketsphinx-en-us
    # characters of others, in a sandbox
    libassimp-dev
    # synthetic speech for the computed corpus
    flite1-dev
    # pictures: OpenGL by EGL, with Mesa's software renderer where there is no GPU
    libepoxy-dev libegl-dev libegl1 libgl1-mesa-dri
    # the studio
    qt6-base-dev libqt6opengl6-dev qt6-multimedia-dev "qt6-svg-dev|libqt6svg6-dev"
    qt6-qpa-plugins
    # videos
    ffmpeg
    # fetching of libtorch
    python3 python3-pip ca-certificates
)

packages_tests=(
    libgtest-dev libgmock-dev
    xvfb xauth
    # speech with known words and times; a second reader of our transcripts
    pocketsphinx-testdata flite praat
    # second readers of figures
    poppler-utils qpdf libxml2-utils
)

# What packaging/headers unpacks for machines without a package manager: core, engine, trainer and
# their tests need no more. The shared libraries are those that libsndfile names.
packages_headers=(
    libeigen3-dev libfmt-dev libspdlog-dev nlohmann-json3-dev libcli11-dev
    zlib1g-dev zlib1g libyaml-cpp-dev "libyaml-cpp0.8|libyaml-cpp0.7"
    libsqlite3-dev libsqlite3-0 libsndfile1-dev libsndfile1
    "libflac12|libflac12t64|libflac8" libogg0 libvorbis0a libvorbisenc2 libopus0 "libmpg123-0|libmpg123-0t64" libmp3lame0
    libsoxr-dev libsoxr0 libkissfft-dev "libkissfft-float131|libkissfft-float131t64" libgomp1
    libgtest-dev libgmock-dev googletest
)
