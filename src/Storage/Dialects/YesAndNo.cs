using System.Data;
using System.Globalization;
using Dapper;

namespace Groeilijn.Storage.Dialects;

/// <summary>The scripts keep yes and no as 1 and 0, on both stores; PostgreSQL would not take its own boolean for them.</summary>
sealed class YesAndNo : SqlMapper.TypeHandler<bool>
{
    public static void AreIntegers()
    {
        SqlMapper.RemoveTypeMap(typeof(bool));
        SqlMapper.RemoveTypeMap(typeof(bool?));
        SqlMapper.AddTypeHandler(new YesAndNo());
    }

    public override void SetValue(IDbDataParameter parameter, bool value) => (parameter.DbType, parameter.Value) = (DbType.Int64, value ? 1L : 0L);

    public override bool Parse(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture) != 0;
}
