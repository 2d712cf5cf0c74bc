"""Checksums of contents and of files."""

from __future__ import annotations

from pathlib import Path

from portrait.storage.checksums import checksum, file_checksum

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
"""The example of FIPS 180-2."""


def test_a_file_has_the_checksum_of_its_content(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert checksum(b"abc") == file_checksum(tmp_path / "abc") == ABC
