#ifndef ANKERL_UNORDERED_DENSE_H
#define ANKERL_UNORDERED_DENSE_H

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/hash/hash.h>

/**
 * The part of ankerl::unordered_dense that mediasoup-worker uses, on Abseil's
 * tables. Both are open addressing, so both invalidate references when they
 * grow, and nothing that holds for the original is lost here.
 *
 * The one difference in the interface: Abseil's erase(iterator) returns nothing,
 * the original returns the next iterator, and the worker's clean-up loops use it.
 */
namespace ankerl::unordered_dense
{
	template<class T>
	using hash = absl::Hash<T>;

	// HashAndEqual: the optional hash and equality functors.
	template<class Key, class Value, class... HashAndEqual>
	class map : public absl::flat_hash_map<Key, Value, HashAndEqual...>
	{
		using Table = absl::flat_hash_map<Key, Value, HashAndEqual...>;

	public:
		using Table::erase;
		using Table::Table;
		using iterator = typename Table::iterator;

		iterator erase(iterator position)
		{
			const iterator erased = position++;

			Table::erase(erased);

			return position;
		}
	};

	template<class Key, class... HashAndEqual>
	class set : public absl::flat_hash_set<Key, HashAndEqual...>
	{
		using Table = absl::flat_hash_set<Key, HashAndEqual...>;

	public:
		using Table::erase;
		using Table::Table;
		using iterator = typename Table::iterator;

		iterator erase(iterator position)
		{
			const iterator erased = position++;

			Table::erase(erased);

			return position;
		}
	};
} // namespace ankerl::unordered_dense

#endif
