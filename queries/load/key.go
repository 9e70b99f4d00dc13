package load

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Key makes pseudonyms: HMAC-SHA-256 of the original identifier. Whoever
// holds it can tell which pseudonym is whose; the store does not hold it.
type Key []byte

// minKey is the least number of characters of a key given as text.
const minKey = 16

// SampleKey is the public key of the bundled, synthetic sample.
var SampleKey = Key("accord's public key for made-up data")

// UserKey is the key in the environment variable ACCORD_KEY or, without it,
// that in the file accord/key of the user's configuration folder, made at
// random (and readable by the user only) on first use.
func UserKey() (Key, error) {
	if text := strings.TrimSpace(os.Getenv("ACCORD_KEY")); text != "" {
		if len(text) < minKey {
			return nil, fmt.Errorf("ACCORD_KEY is too short to protect anyone: give it at least %d characters, made at random", minKey)
		}
		return Key(text), nil
	}
	config, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("no folder for the key that makes pseudonyms (%w): set ACCORD_KEY instead", err)
	}
	path := filepath.Join(config, "accord", "key")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newKey(path)
	}
	if err != nil {
		return nil, err
	}
	if key := Key(strings.TrimSpace(string(text))); len(key) >= minKey {
		return key, nil
	}
	return nil, fmt.Errorf("%s: the key is damaged: put back a copy of it, or remove the file to make a new one (stores made with the old one will have to be loaded again)", path)
}

// newKey makes a random key and keeps it in path. Of several processes that
// do so at once, all end up with the same key.
func newKey(path string) (Key, error) {
	random := make([]byte, 32)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	key := hex.EncodeToString(random)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".key-*") // 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.WriteString(key + "\n")
	if err := errors.Join(err, temporary.Sync(), temporary.Close()); err != nil {
		return nil, err
	}
	if err := os.Link(temporary.Name(), path); errors.Is(err, fs.ErrExist) {
		return UserKey()
	} else if err != nil {
		return nil, err
	}
	return Key(key), nil
}

// Pseudonym is what a store has in place of an original identifier.
func (k Key) Pseudonym(id string) string {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(strings.Trim(id, " "))) // as the loader does
	h := hex.EncodeToString(mac.Sum(nil)[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}

// Made reports whether the pseudonyms of a store with that check value were made
// with the key.
func (k Key) Made(check string) bool { return k.check() == check }

// check is a value that tells keys apart and gives none away.
func (k Key) check() string {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte("accord key check"))
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// pads are the two blocks with which HMAC begins its inner and outer hash (RFC
// 2104), so that SQL can finish it.
func (k Key) pads() (inner, outer []byte) {
	block := make([]byte, sha256.BlockSize)
	if len(k) > len(block) {
		sum := sha256.Sum256(k)
		copy(block, sum[:])
	} else {
		copy(block, k)
	}
	inner, outer = make([]byte, len(block)), make([]byte, len(block))
	for i, b := range block {
		inner[i], outer[i] = b^0x36, b^0x5c
	}
	return inner, outer
}
